# shellcheck shell=bash disable=SC2154 # work, here, rounds: move.sh says them
# Does a GB cost more in a large site than in a small one? All sizes in every round, so that the machine's pace falls on each
# alike, and each beside the server's own LOAD DATA of the same rows.
growth() {
  local sizes=("$@") size round each
  [ $# != 0 ] || sizes=(1 100 1000 10000)
  start_servers
  for size in "${sizes[@]}"; do
    source_schema=wp_source_$size plan "wfumig_$size"
    generate big "$size"
    fill source "wp_source_$size"
    mv "$work/rows" "$work/rows.$size"
  done
  for round in $(seq "$rounds"); do
    for size in "${sizes[@]}"; do
      ln -sfn "rows.$size" "$work/rows"
      for each in load_data wfumig; do measure "${each}_$size"; done
    done
  done
  python3 "$here/growth.py" "$work/results.tsv" "${sizes[@]}"
}
