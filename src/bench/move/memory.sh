# shellcheck shell=bash disable=SC2154 # work, ended: move.sh says them
# Rows larger than any chunk, in a heap that is not: passes when wfumig ends well and everything is there.

# memory_of COUNT MB HEAP
memory_of() {
  local name=wfumig_rows_of_$2 verdict=pass
  plan "$name"
  generate rows "$1" "$2"
  fill source wp_source
  rm -f "$work/source.counts"
  wrong=0
  WFUMIG_HEAP=$3 measure "$name"
  if [ "$ended" = well ]; then check "$name"; fi
  [ "$wrong" = 0 ] || verdict=FAIL
  echo "$verdict: $1 rows of $2 MB, heap $3, peak $(tail -n 1 "$work/results.tsv" | cut -f 7) MB"
}

memory() {
  local all=0
  start_servers
  memory_of 6 16 256m
  all=$wrong
  memory_of 1 64 512m
  wrong=$((all | wrong))
}
