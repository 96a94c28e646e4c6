"""Times the first statement that needs the ML runtime beside a second one, and reads what memory its processes hold.

Usage: python3 benchmarks/runtime_start.py [RUNS] (5 by default). Each run is a new `./weft run`: the first PYTHON block
starts Ray, the gateway and an actor (cold), the second one finds them (warm), and a third one waits while memory is
read, as Linux shares it out between processes (PSS). Times are from the end of a statement to that of another.
"""

from __future__ import annotations

import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
SCRIPT = """
select id as x from range(1000) as t;
python t as cold schema (x bigint) '''cold = t''';
select count(*) from cold;
python t as warm schema (x bigint) '''warm = t''';
select count(*) from warm;
python t as waiting schema (x bigint) '''
import time
time.sleep(4)
waiting = t
''';
select count(*) from waiting;
"""
# A block and the query that reads it, from one told end to another.
COUNTED = {3: "cold", 5: "warm"}
TOLD = re.compile(r"^\[(\d)/\d\] .*\(\d+\.\d s\)$")


def parents() -> dict[int, int]:
    """Every process and the one that started it."""
    found = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            found[int(status.parent.name)] = int(status.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
    return found


def below(process: int) -> list[int]:
    """A process and all that it has started, whoever started them in between."""
    tree = parents()
    found = [process]
    for known in found:
        found.extend(child for child, parent in tree.items() if parent == known)
    return found


def megabytes(process: int) -> float:
    """The share of memory that a process has."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE).group(1)) / 1024


def kind(process: int) -> str:
    """What a process is, in a word."""
    try:
        line = Path(f"/proc/{process}/cmdline").read_bytes().decode("utf-8", "replace")
    except OSError:
        return "ended"
    program = Path(line.split("\0")[0].split(" ")[0]).name
    if program == "java":
        return "java"
    return "ray" if "ray" in line and "weft_ml" not in line else "weft's python"


def run(folder: Path) -> dict[str, float]:
    """One start: seconds by statement, and megabytes by kind while the third block waits."""
    script = folder / "start.weft"
    script.write_text(SCRIPT)
    begun = last = time.monotonic()
    weft = subprocess.Popen(
        [CHECKOUT / "weft", "run", script.name],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    found: dict[str, float] = {}
    for line in weft.stderr:
        told = TOLD.match(line.strip())
        number = int(told.group(1)) if told else 0
        now = time.monotonic()
        if number == 1:
            found["from the shell to the first table"] = round(now - begun, 2)
            last = now
        elif number in COUNTED:
            found[COUNTED[number]] = round(now - last, 2)
            last = now
        if number == 5:
            time.sleep(2)
            for process in below(weft.pid):
                name = f"MB of {kind(process)}"
                found[name] = round(found.get(name, 0) + megabytes(process), 1)
    if weft.wait() != 0:
        raise RuntimeError(f"weft ended with {weft.returncode}")
    return found


def main() -> None:
    """Runs and writes every figure."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    all_runs: list[dict[str, float]] = []
    for number in range(runs + 1):
        with tempfile.TemporaryDirectory() as folder:
            found = run(Path(folder))
        print(found, file=sys.stderr)
        if number > 0:  # the first one warms the disk's cache
            all_runs.append(found)
    names = list(all_runs[0])
    result = {
        "what": "seconds of a statement that starts the runtime and of the next one; memory as PSS",
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "runs": all_runs,
        "median": {n: round(statistics.median(r.get(n, 0) for r in all_runs), 2) for n in names},
    }
    target = CHECKOUT / "benchmarks" / "results" / "runtime_start.json"
    target.write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result["median"], indent=2))


if __name__ == "__main__":
    main()
