# shellcheck shell=bash disable=SC2154 # work, here, rounds, ended: move.sh says them
# One large site: every contestant once a round, so that a slow minute of the machine falls on all of them.
large_site() {
  local contestants='pipe_sed pipe load_data load_data_par' round each
  if command -v mydumper > /dev/null && command -v myloader > /dev/null; then
    contestants="$contestants mydumper"
  else
    echo 'mydumper is not installed: left out'
  fi
  [ ! -x "$PEERS/go-search-replace" ] || contestants="$contestants pipe_gsr"
  contestants=${ONLY:-$contestants wfumig_move wfumig_full}

  plan wfumig_move
  plan wfumig_full 'backup { dump() }' 'verify { rowCounts(); digests(); orphans() }' "archive { directory '$work/archive' }"
  start_servers
  generate big "$1"
  fill source wp_source
  for round in $(seq "$rounds"); do
    for each in $contestants; do
      measure "$each"
      if [ "$ended" = well ] && [ "$round" = 1 ]; then check "$each"; fi
    done
  done
  python3 "$here/report.py" "$work/results.tsv" pipe_sed
}
