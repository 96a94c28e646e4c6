#!/bin/sh
# Rows between Spark and Python beside PySpark and RayDP: there and back, an upload for training, a scalar function.
#
#   benchmarks/bridge_speed.sh [--rows 10000000] [--runs 5] [--only "round trip,upload,function"] [--raydp]
#                              [--results FILE]
#
# All run in turn and warm, each in a process of its own that stays, with a thread a core and 16,384 rows a batch. The
# rivals are installed from the package index into .cache/rivals (RIVALS names another folder); --raydp adds RayDP, which
# needs a PySpark of its own. Every time goes to benchmarks/results/bridge_speed.json.
set -eu
cd -- "$(dirname -- "$0")/.."
here=$(pwd)
rows=10000000 runs=5 only= raydp= results="$here/benchmarks/results/bridge_speed.json"
while [ $# -gt 0 ]; do
  case $1 in
    --rows) rows=$2 ;;
    --runs) runs=$2 ;;
    --only) only=$2 ;;
    --results) results=$2 ;;
    --raydp) raydp=true; shift; continue ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
  shift 2
done
rivals=${RIVALS:-$here/.cache/rivals}

# environment NAME PACKAGE…: prints the Python of an environment that has them.
environment() {
  folder=$rivals/$1
  shift
  if [ ! -f "$folder/ready" ]; then
    "${WEFT_PYTHON:-python3}" -m venv "$folder"
    "$folder/bin/pip" install -q "$@" >&2
    touch "$folder/ready"
  fi
  echo "$folder/bin/python"
}

pyspark=$(environment pyspark pyspark==4.1.0 pandas==2.3.3 pyarrow==22.0.0)
[ -z "$raydp" ] || raydp=$(environment raydp raydp==1.6.5 pyspark==3.5.7 pandas==2.3.3 'ray[data]==2.58.0' 'setuptools<81')
mvn -q -DskipChecks -pl script-tests -am test -Dtest=BridgeSpeed -Dtest.jvm.quick= -Dsurefire.failIfNoSpecifiedTests=false \
  -Dbridge.rows="$rows" -Dbridge.runs="$runs" -Dbridge.only="$only" -Dbridge.results="$results" \
  -Dbridge.pyspark="$pyspark" -Dbridge.raydp="$raydp" -Dbridge.rival="$here/benchmarks/bridge_rival.py"
cat "$results"
