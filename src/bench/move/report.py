#!/usr/bin/env python3
"""report.py RESULTS BASE [SITES]: the table. Medians; the ratio to BASE is taken inside each round, then its median."""
import statistics
import sys

rounds = {}
with open(sys.argv[1]) as results:
    for line in results:
        name, *figures = line.rstrip("\n").split("\t")
        rounds.setdefault(name, []).append([float(figure) for figure in figures])

base = rounds.get(sys.argv[2], [])
sites = int(sys.argv[3]) if len(sys.argv) > 3 else 0
heads = ["contestant", "wall, s", "least–most", f"beside {sys.argv[2]}",
         "CPU client", "CPU source", "CPU target", "memory, MB"] + ["ms a site"] * bool(sites)
print("| " + " | ".join(heads) + " |\n" + "| --- " * len(heads) + "|")
for name, runs in rounds.items():
    failed = [int(run[0]) for run in runs if run[0]]
    if failed:
        print(f"| {name} | failed {len(failed)} of {len(runs)}, exit {failed[0]} |" + " |" * (len(heads) - 2))
        continue
    walls = [run[1] for run in runs]
    ratios = [run[1] / other[1] for run, other in zip(runs, base) if not other[0]]
    median = [statistics.median(column) for column in zip(*runs)]
    cells = [name, f"{median[1]:.2f}", f"{min(walls):.2f}–{max(walls):.2f}",
             f"{statistics.median(ratios):.2f}" if ratios else "", *(f"{cpu:.1f}" for cpu in median[2:5]),
             f"{max(run[5] for run in runs):.0f}"] + [f"{median[1] / max(sites, 1) * 1000:.0f}"] * bool(sites)
    print("| " + " | ".join(cells) + " |")
