#!/usr/bin/env bash
# contestant.sh NAME: what is timed. Moves wp_source to wp_target once; the target was made ready before the clock started.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
home=$(cd "$here/../../.." && pwd)
. "$here/servers.sh" # shellcheck source=/dev/null
. "$here/network.sh" # shellcheck source=/dev/null

dump() {
  mariadb-dump --defaults-file="$work/source.cnf" --single-transaction --quick wp_source
}

# Knows nothing of serialized values: the cost without the care.
replace() {
  LC_ALL=C sed 's#http://dev\.wfu\.test#https://uat.wfu.test#g;s#dev\.wfu\.test#uat.wfu.test#g'
}

load() {
  definitions | on target wp_target
  loads | xargs -d '\n' -P "$1" -n 1 mariadb --defaults-file="$work/target.cnf" wp_target -e
}

# What was written down by sites.sh, by four clients at once.
bare() {
  for script in "$work/$1".*.sql; do on target wp_staging < "$script" & done
  for _ in "$work/$1".*.sql; do wait -n; done
}

case $1 in
  pipe) dump | on target wp_target ;;
  pipe_sed) dump | replace | on target wp_target ;;
  pipe_gsr) dump | "$PEERS/go-search-replace" http://dev.wfu.test https://uat.wfu.test | on target wp_target ;;
  load_data_par) load 2 ;;
  load_data*) load 1 ;;
  mydumper)
    mydumper -h 127.0.0.1 -P "$SOURCE_PORT" -u bench -p bench -B wp_source -t 2 -o "$work/mydumper"
    myloader -h 127.0.0.1 -P "$TARGET_PORT" -u bench -p bench -B wp_target -t 2 -o -d "$work/mydumper"
    ;;
  bare_*) bare "$1" ;;
  wfumig_*)
    "$home/wfumig" run "$work/$1.migration.groovy" --yes --state-dir "$work/state" --work-dir "$work/wfumig"
    ;;
  *)
    echo "no contestant is called $1" >&2
    exit 2
    ;;
esac
