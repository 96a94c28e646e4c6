"""Times `./weft -e "select 1"` beside `spark-sql -e "select 1"`, in turn, each a new process.

Usage: python3 benchmarks/cold_start.py [RUNS] (5 by default). The rival is installed into a temporary environment,
from the package index, and runs in an empty folder, once as it comes and once with its in-memory catalog.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
RIVAL = "pyspark==4.1.0"


def seconds(command: list[str], folder: str) -> float:
    """The wall time of a command that has to succeed."""
    # spark-sql looks for its own folder with the first python3 on the path.
    path = f"{Path(command[0]).parent}{os.pathsep}{os.environ['PATH']}"
    start = time.monotonic()
    subprocess.run(
        command, cwd=folder, check=True, capture_output=True, env={**os.environ, "PATH": path}
    )
    return time.monotonic() - start


def rival(folder: Path) -> Path:
    """Makes an environment with the rival; gives its spark-sql."""
    environment = Path(os.environ.get("RIVAL_ENV", folder / "rival"))
    if not environment.exists():
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        subprocess.run([environment / "bin" / "pip", "install", "-q", RIVAL], check=True)
    return environment / "bin" / "spark-sql"


def main() -> None:
    """Runs all commands in turn and writes every time."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        spark_sql = str(rival(Path(folder)))
        memory = "spark.sql.catalogImplementation=in-memory"
        commands = {
            "weft": [str(CHECKOUT / "weft"), "-e", "select 1"],
            "spark-sql": [spark_sql, "-e", "select 1"],
            "spark-sql, in-memory catalog": [spark_sql, "--conf", memory, "-e", "select 1"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for run in range(runs + 1):
            for name, command in commands.items():
                empty = Path(folder) / f"{run}-{name[:4]}-{len(name)}"
                empty.mkdir()
                took = seconds(command, str(empty))
                if run > 0:  # the first round warms the disk's cache
                    times[name].append(round(took, 2))
    medians = {name: statistics.median(values) for name, values in times.items()}
    result = {
        "what": "seconds from the shell to the end of the process, select 1",
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}",
        "runs": times,
        "median": medians,
        "ratio": {
            f"weft / {name}": round(medians["weft"] / value, 3)
            for name, value in medians.items()
            if name != "weft"
        },
    }
    text = json.dumps(result, indent=2)
    (CHECKOUT / "benchmarks" / "results" / "cold_start.json").write_text(text + "\n")
    print(text)


if __name__ == "__main__":
    main()
