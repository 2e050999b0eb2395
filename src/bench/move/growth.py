#!/usr/bin/env python3
"""growth.py RESULTS SIZE...: what a GB costs in a site of so many MB, by wfumig and by the server's own LOAD DATA.

Medians; the ratio is taken inside each round, then its median. A GB is what is left when the first, smallest size is taken away:
what starting costs, every size costs once."""
import statistics
import sys

rounds = {}
with open(sys.argv[1]) as results:
    for line in results:
        name, code, *figures = line.rstrip("\n").split("\t")
        if int(code):
            sys.exit(f"{name} failed, exit {code}: see above")
        rounds.setdefault(name, []).append([float(figure) for figure in figures])

first, *sizes = sys.argv[2:]


def each_gb(name, size, column):
    """Of every round, what a GB took by this column: 0 wall, 1 CPU client, 2 CPU source, 3 CPU target."""
    return [(run[column] - start[column]) / (int(size) - int(first)) * 1000
            for run, start in zip(rounds[f"{name}_{size}"], rounds[f"{name}_{first}"])]


def shown(figures, digits=1):
    return f"{statistics.median(figures):.{digits}f} ({min(figures):.{digits}f}–{max(figures):.{digits}f})"


heads = ["MB", "wall, s", "s a GB", "LOAD DATA, s a GB", "beside it", "CPU client a GB", "CPU target a GB", "memory, MB"]
print("| " + " | ".join(heads) + " |\n" + "| --- " * len(heads) + "|")
for size in sizes:
    walls, loads = each_gb("wfumig", size, 0), each_gb("load_data", size, 0)
    cells = [size, shown([run[0] for run in rounds[f"wfumig_{size}"]]), shown(walls), shown(loads),
             shown([wall / load for wall, load in zip(walls, loads)], 2),
             shown(each_gb("wfumig", size, 1)), shown(each_gb("wfumig", size, 3)),
             f"{max(run[4] for run in rounds[f'wfumig_{size}']):.0f}"]
    print("| " + " | ".join(cells) + " |")
print(f"a network of {first} MB takes {shown([run[0] for run in rounds[f'wfumig_{first}']])} s")
