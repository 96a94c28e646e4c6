#!/bin/sh
# TPC-H and TPC-DS planned by Weft beside plain Spark SQL, in one session and in turn.
#
#   benchmarks/tpc_speed.sh [--scale 1] [--pairs 5] [--minutes N] [--limit SECONDS] [--only tpch/q1,tpcds]
#                           [--results FILE] [--fresh]
#
# Times go to benchmarks/results/tpc_speed.json as they are measured and a table to benchmarks/tpc_speed.md. A run that ended
# early (--minutes is its whole time) goes on where it stopped; --fresh forgets what was measured. Data is made once under
# WEFT_TPC_DATA (by default .cache/tpc).
set -eu
cd -- "$(dirname -- "$0")/.."
here=$(pwd)
scale=1 pairs=5 minutes=600 limit=120 only= results="$here/benchmarks/results/tpc_speed.json" make=
while [ $# -gt 0 ]; do
  case $1 in
    --scale) scale=$2 ;;
    --pairs) pairs=$2 ;;
    --minutes) minutes=$2 ;;
    --limit) limit=$2 ;;
    --only) only=$2 ;;
    --results) results=$2 ;;
    --make) make=true; shift; continue ;;
    --fresh) rm -f "$results"; shift; continue ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
  shift 2
done
WEFT_TPC_DATA=${WEFT_TPC_DATA:-$here/.cache/tpc}
export WEFT_TPC_DATA
mvn -q -DskipChecks -Dtest.jvm.quick= -pl spark-bridge -am test -Dtest=TpcSpeed -Dsurefire.failIfNoSpecifiedTests=false \
  -Dtpc.scale="$scale" -Dtpc.pairs="$pairs" -Dtpc.minutes="$minutes" -Dtpc.limit="$limit" -Dtpc.only="$only" \
  -Dtpc.results="$results" -Dtpc.make="$make"
[ -n "$make" ] || python3 benchmarks/tpc_table.py "$results" > "${results%/results/*}/tpc_speed.md"
