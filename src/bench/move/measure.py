#!/usr/bin/env python3
"""measure.py FOLDER NAME COMMAND...: runs it, adds a line to FOLDER/results.tsv, and ends as it ended.

name, exit code, wall, CPU of the client's processes, CPU of either server, in seconds; then the peak memory of the
client's largest process in MB. The kernel keeps all of these; nothing is sampled."""
import os
import resource
import subprocess
import sys
import time

folder, name, command = sys.argv[1], sys.argv[2], sys.argv[3:]


def stat(pid):
    """Its parent, and the ticks of itself and of those of its children that have ended."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return "", 0  # it has just ended
    return fields[1], sum(int(ticks) for ticks in fields[11:15])


def cpu(server):
    """A server may be one process or a family of them."""
    with open(f"{folder}/{server}.pid") as file:
        pid = file.read().strip()
    family = [stat(other) for other in os.listdir("/proc") if other.isdigit()]
    ticks = stat(pid)[1] + sum(ticks for parent, ticks in family if parent == pid)
    return ticks / os.sysconf("SC_CLK_TCK")


before = cpu("source"), cpu("target")
start = time.monotonic()
with open(f"{folder}/{name}.log", "w") as log:
    code = subprocess.call(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
wall = time.monotonic() - start
servers = [now - then for now, then in zip((cpu("source"), cpu("target")), before)]
client = resource.getrusage(resource.RUSAGE_CHILDREN)
figures = [wall, client.ru_utime + client.ru_stime, *servers]
with open(f"{folder}/results.tsv", "a") as results:
    print(name, code, *(f"{figure:.3f}" for figure in figures), client.ru_maxrss // 1024, sep="\t", file=results)
print(f"{name:<16} {wall:8.2f} s" + (f"   FAILED, exit {code}" if code else ""), file=sys.stderr)
if code:
    with open(f"{folder}/{name}.log") as log:
        print("".join(log.readlines()[-8:]), file=sys.stderr)
sys.exit(1 if code else 0)
