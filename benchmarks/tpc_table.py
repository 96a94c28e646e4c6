#!/usr/bin/env python3
"""Prints the table of tpc_speed.json: ratios of times with their 95 % intervals, and planning time."""

import json
import math
import statistics
import sys

# Two-sided 95 % points of Student's t for 1 to 30 degrees of freedom.
T95 = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
       2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042]


def interval(pairs):
    """The geometric mean of the ratios and the 95 % interval around it, of the ratios' logarithms."""
    logs = [math.log(p["weft_ms"] / p["spark_ms"]) for p in pairs]
    mean = statistics.fmean(logs)
    if len(logs) < 2:
        return math.exp(mean), float("nan"), float("nan")
    half = T95[min(len(logs) - 1, 30) - 1] * statistics.stdev(logs) / math.sqrt(len(logs))
    return math.exp(mean), math.exp(mean - half), math.exp(mean + half)


def order(query):
    suite, name = query.split("/")
    return suite != "tpch", int("".join(c for c in name if c.isdigit())), name


def main(path):
    with open(path, encoding="utf-8") as file:
        found = json.load(file)
    lines, logs, planning, above, wrong = [], [], [], [], []
    for query in sorted(found["queries"], key=order):
        pairs = found["queries"][query]
        sound = [p for p in pairs if "problem" not in p]
        problems = sorted({p["problem"] for p in pairs if "problem" in p})
        if not sound or problems:
            wrong.append((query, problems[0]))
        if not sound:
            continue
        ratio, low, high = interval(sound)
        logs.append(math.log(ratio))
        plan = statistics.median(p["planning_ms"] for p in sound)
        planning.append(plan)
        if low > 1.3:
            above.append(query)
        spark = statistics.median(p["spark_ms"] for p in sound)
        weft = statistics.median(p["weft_ms"] for p in sound)
        lines.append(f"| {query} | {len(sound)} | {spark:.0f} | {weft:.0f} | {plan:.0f} | {ratio:.2f} | {low:.2f} to {high:.2f} "
                     f"| {sound[0]['weft_rows']:,} |")
    print("# TPC-H and TPC-DS beside plain Spark SQL\n")
    print(f"Scale {found['scale']:g}, {found['cores']} cores, heap {found['heap_mb']:,} MB, one session with Weft's settings for both, tables are views of Parquet")
    print("files; the times are from the text to the last row collected, Weft's planning included. `tpc_speed.sh` repeats it; every single time")
    print("is in `results/tpc_speed.json`. A ratio below 1 says that Weft is faster.\n")
    if logs:
        mean = math.exp(statistics.fmean(logs))
        half = T95[min(max(len(logs) - 1, 1), 30) - 1] * (statistics.stdev(logs) if len(logs) > 1 else 0) / math.sqrt(len(logs))
        print("| of all | |\n|---|---|")
        print(f"| queries | {len(logs)} |")
        print(f"| geometric mean of the ratios | {mean:.3f} ({mean * math.exp(-half):.3f} to {mean * math.exp(half):.3f}) |")
        print(f"| whole interval above 1.3 | {len(above)}{': ' + ', '.join(above) if above else ''} |")
        print(f"| planning, median and longest | {statistics.median(planning):.0f} ms, {max(planning):.0f} ms |\n")
    print("| query | pairs | Spark ms | Weft ms | of it planning | ratio | 95 % interval | rows |")
    print("|---|---|---|---|---|---|---|---|")
    print("\n".join(lines))
    if wrong:
        print("\nNot measured, or not all of it:\n")
        for query, problem in wrong:
            print(f"- {query}: {problem[:200]}")


if __name__ == "__main__":
    main(sys.argv[1])
