#!/usr/bin/env bash
# Moves a whole WordPress network with wfumig and with what one would use instead, between two private MariaDB servers.
#   move.sh [MB]           one large site, of 1000 MB when left out
#   move.sh growth [MB…]   one large site in several sizes, beside LOAD DATA of the same rows: 1 100 1000 10000 when left out
#   move.sh sites [COUNT]  many small sites, 500 when left out, beside the same tables made and renamed bare
#   move.sh memory         rows of 16 MB in the heap that wfumig takes by itself, a row of 64 MB in 512 MB
# ROUNDS=3  ONLY='pipe_sed wfumig_move'  PEERS=/folder/of/go-search-replace  SOURCE_PORT=13082  TARGET_PORT=13083
set -euo pipefail
home=$(cd "$(dirname "$0")/../.." && pwd)
here=$home/src/bench/move
rounds=${ROUNDS:-3}
export PEERS=${PEERS:-} SOURCE_PORT=${SOURCE_PORT:-13082} TARGET_PORT=${TARGET_PORT:-13083} WFUMIG_SECRET_DB=bench
export LC_ALL=C.UTF-8 # the same figures and the same order everywhere
PATH=$PATH:/usr/sbin # where Debian has mariadbd

missing=
for program in mariadbd mariadb-install-db mariadb mariadb-dump python3 java javac; do
  command -v $program > /dev/null || missing="$missing $program"
done
if [ -n "$missing" ] || [ ! -d /proc/self ]; then
  echo "this needs Linux and, on the PATH:${missing:- nothing more} (Debian: mariadb-server, python3, a JDK)" >&2
  exit 1
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/wfumig-move.XXXXXX")
export work
for part in servers network plans check large growth sites memory; do
  . "$here/$part.sh" # shellcheck source=/dev/null
done
trap 'stop_servers; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# measure NAME: makes the target ready, lets the servers settle, starts the clock; $ended says how it went.
measure() {
  case $1 in
    bare_load | bare_rename | bare_drop) ;; # goes on with what the one before it left
    wfumig_full) fill_target ;;
    bare_create) empty_target && on target -e 'CREATE DATABASE wp_staging' ;;
    *) empty_target ;;
  esac
  rm -rf "$work/state" "$work/wfumig" "$work/mydumper" "$work/archive"
  settle
  ended=well
  python3 "$here/measure.py" "$work" "$1" bash "$here/contestant.sh" "$1" || ended=badly wrong=1
}

case ${1:-1000} in
  sites) small_sites "${2:-500}" ;;
  growth) growth "${@:2}" ;;
  memory) memory ;;
  *[!0-9]*)
    sed -n '2,7s/^# //p' "$0" >&2
    exit 2
    ;;
  *) large_site "${1:-1000}" ;;
esac
exit "$wrong"
