"""The rival of `lightgbm_speed.sh`: LightGBM itself on the same Parquet files.

Usage: lightgbm_rival.py lightgbm ROWS FOLDER; each line of its input names what to do, and it prints the seconds.
"""

import os
import sys
import time
from pathlib import Path

import lightgbm as lgb
import pyarrow.compute as pc
import pyarrow.parquet as pq

# What Weft gives the library, where it is not the library's own default.
PARAMETERS = {
    "objective": "binary",
    "metric": "auc",
    "num_threads": os.cpu_count() or 2,
    "seed": 42,
    "deterministic": True,
    "force_row_wise": True,
    "verbosity": -1,
}
ROUNDS = 100


def train(rows: int, folder: Path) -> None:
    """Reads all rows and trains, as the library's documentation advises for Arrow."""
    table = pq.read_table(folder)
    if table.num_rows != rows:
        raise ValueError(f"{folder} has {table.num_rows} rows, not {rows}")
    label = pc.cast(table.column("y"), "float32")
    features = lgb.Dataset(table.drop_columns(["y"]), label=label, params=PARAMETERS)
    booster = lgb.train(PARAMETERS, features, num_boost_round=ROUNDS)
    if booster.current_iteration() != ROUNDS:
        raise ValueError("it has stopped before the last round")


def main() -> None:
    """Says what it can, then works line by line."""
    rows, folder = int(sys.argv[2]), Path(sys.argv[3])
    print("can", "train/lightgbm", flush=True)
    for _ in sys.stdin:
        start = time.monotonic()
        train(rows, folder)
        print("took", time.monotonic() - start, flush=True)


if __name__ == "__main__":
    main()
