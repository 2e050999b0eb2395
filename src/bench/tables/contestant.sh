#!/usr/bin/env bash
# contestant.sh NAME: what is timed. Moves the tables once; the target was made ready before the clock started.
set -euo pipefail
home=$(cd "$(dirname "$0")/../../.." && pwd)
from=postgresql://bench@127.0.0.1:$SOURCE_PORT/bench to=postgresql://bench@127.0.0.1:$TARGET_PORT/bench

case $1 in
  pipe) pg_dump "$from" | psql -X -q -v ON_ERROR_STOP=1 "$to" ;;
  pgcopydb) pgcopydb clone --source "$from" --target "$to" --table-jobs 2 --index-jobs 2 --dir "$work/pgcopydb" --not-consistent ;;
  wfumig_*)
    "$home/wfumig" run "$work/$1.migration.groovy" --yes --state-dir "$work/state" --work-dir "$work/wfumig"
    ;;
  *)
    echo "no contestant is called $1" >&2
    exit 2
    ;;
esac
