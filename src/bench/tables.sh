#!/usr/bin/env bash
# Moves tables with wfumig and with what one would use instead, between two private PostgreSQL servers.
#   tables.sh [MB]         twenty tables of 1000 MB when left out
# ROUNDS=3  ONLY='pipe wfumig_copy'  SOURCE_PORT=13084  TARGET_PORT=13085  PGBIN=/folder/of/initdb
set -euo pipefail
home=$(cd "$(dirname "$0")/../.." && pwd)
here=$home/src/bench
size=${1:-1000} rounds=${ROUNDS:-3}
export SOURCE_PORT=${SOURCE_PORT:-13084} TARGET_PORT=${TARGET_PORT:-13085} WFUMIG_SECRET_DB=none
export LC_ALL=C.UTF-8 # the same figures and the same order everywhere
case $size in *[!0-9]*) sed -n '2,4s/^# //p' "$0" >&2 && exit 2 ;; esac
PATH=$PATH:${PGBIN:-$(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | tail -n 1)} # where Debian has initdb

missing=
for program in initdb pg_ctl psql pg_dump python3 java javac; do
  command -v $program > /dev/null || missing="$missing $program"
done
if [ -n "$missing" ] || [ ! -d /proc/self ]; then
  echo "this needs Linux and, on the PATH:${missing:- nothing more} (Debian: postgresql, python3, a JDK)" >&2
  exit 1
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/wfumig-tables.XXXXXX")
export work
for part in servers plans; do
  . "$here/tables/$part.sh" # shellcheck source=/dev/null
done
trap 'stop_servers; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

contestants=pipe
if command -v pgcopydb > /dev/null; then contestants="$contestants pgcopydb"; else echo 'pgcopydb is not installed: left out'; fi
contestants=${ONLY:-$contestants wfumig_copy wfumig_full}

plan wfumig_copy 'verify { rowCounts() }'
plan wfumig_full 'backup { dump() }' 'verify { rowCounts(); digests(); foreignKeys() }' "archive { directory '$work/archive' }"
start_servers
on source -q -v mb="$size" -f "$here/tables/tables.sql" > "$work/generated.log"
wanted=$(content source)
wrong=0
for round in $(seq "$rounds"); do
  for each in $contestants; do
    empty_target
    rm -rf "$work/state" "$work/wfumig" "$work/archive" "$work/pgcopydb"
    settle
    python3 "$here/move/measure.py" "$work" "$each" bash "$here/tables/contestant.sh" "$each" || wrong=1
    if [ "$round" = 1 ] && [ "$(content target)" != "$wanted" ]; then
      echo "$each: NOT the rows, indexes and keys of the source"
      wrong=1
    fi
  done
done
python3 "$here/move/report.py" "$work/results.tsv" pipe
exit $wrong
