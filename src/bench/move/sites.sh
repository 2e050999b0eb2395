# shellcheck shell=bash disable=SC2154 # work, here, rounds, ended: move.sh says them
# Many small sites: how much of a site's time is the server's own, making and renaming twelve tables?

# Writes what the bare contestants do, a script for each of four clients, so that no clock runs meanwhile.
bare_scripts() {
  local prefix tables number=0 part
  tables=$(sed -n 's/^CREATE TABLE {site}\([a-z_]*\).*/\1/p' "$here/site.sql")
  for prefix in $(prefixes); do
    part=$((number++ % 4))
    sed "s/{site}/$prefix/" "$here/site.sql" >> "$work/bare_create.$part.sql"
    for each in $tables; do
      echo "LOAD DATA INFILE '$work/rows/$prefix$each.tsv' INTO TABLE $prefix$each CHARACTER SET utf8mb4;"
    done >> "$work/bare_load.$part.sql"
    for each in $tables; do echo "$prefix$each TO wp_target.$prefix$each"; done |
      paste -sd , | sed 's/.*/RENAME TABLE &;/' >> "$work/bare_rename.$part.sql"
    for each in $tables; do echo "wp_target.$prefix$each"; done |
      paste -sd , | sed 's/.*/DROP TABLE &;/' >> "$work/bare_drop.$part.sql"
  done
}

small_sites() {
  local round each
  plan wfumig_sites 'parallel { sites 4 }'
  start_servers
  generate sites "$1"
  fill source wp_source
  bare_scripts
  for round in $(seq "$rounds"); do
    measure wfumig_sites
    if [ "$ended" = well ] && [ "$round" = 1 ]; then check wfumig_sites; fi
    for each in bare_create bare_load bare_rename bare_drop; do measure $each; done
  done
  python3 "$here/report.py" "$work/results.tsv" wfumig_sites "$1"
}
