#!/bin/sh
# TRAIN of LightGBM through the language beside the library itself, on the same Parquet files.
#
#   benchmarks/lightgbm_speed.sh [--rows 5000000] [--runs 3] [--results FILE]
#
# 20 columns of doubles and a boolean label, 100 rounds, a thread a core. Both stay and are warm, and run in turn; ours
# reads, sends, trains, stores and measures, the rival reads with pyarrow and trains. The rival is installed from the
# package index into .cache/rivals (RIVALS names another folder), in the versions that Weft has. Every time goes to
# benchmarks/results/lightgbm_speed.json.
set -eu
cd -- "$(dirname -- "$0")/.."
here=$(pwd)
rows=5000000 runs=3 results="$here/benchmarks/results/lightgbm_speed.json"
while [ $# -gt 0 ]; do
  case $1 in
    --rows) rows=$2 ;;
    --runs) runs=$2 ;;
    --results) results=$2 ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
  shift 2
done
[ "$runs" -ge 3 ] || { echo "--runs is $runs, and at least 3 make a median" >&2; exit 2; }

# locked PACKAGE: the version of it that Weft has.
locked() {
  sed -n "s/^$1==\([^ ;]*\).*/\1/p" ml-runtime/python/requirements.lock
}

folder=${RIVALS:-$here/.cache/rivals}/lightgbm
if [ ! -f "$folder/ready" ]; then
  "${WEFT_PYTHON:-python3}" -m venv "$folder"
  "$folder/bin/pip" install -q "lightgbm==$(locked lightgbm)" "numpy==$(locked numpy)" \
    "pyarrow==$(locked pyarrow)" cffi >&2
  touch "$folder/ready"
fi

mvn -q -DskipChecks -pl script-tests -am test -Dtest=LightGbmSpeed -Dtest.jvm.quick= -Dsurefire.failIfNoSpecifiedTests=false \
  -Dlightgbm.rows="$rows" -Dlightgbm.runs="$runs" -Dlightgbm.results="$results" \
  -Dlightgbm.python="$folder/bin/python" -Dlightgbm.rival="$here/benchmarks/lightgbm_rival.py"
cat "$results"
