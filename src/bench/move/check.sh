# shellcheck shell=bash disable=SC2154 # work: move.sh says it
# Is what came out right? Said in a line or two for every contestant, once.
wrong=0

tables() {
  on source -N -e "SELECT table_name FROM information_schema.tables WHERE table_schema = 'wp_source' ORDER BY 1"
}

# counts source wp_source: a line for each table of the source, as this server has it.
counts() {
  tables | sed "s/.*/SELECT '&', COUNT(*) FROM \`&\`;/" | on "$1" -N "$2"
}

sums() {
  tables | sed 's/.*/CHECKSUM TABLE `&`;/' | on "$1" -N "$2" | sed 's/^[^.]*\.//'
}

# The columns of the target that still hold the source's host, and in how many rows.
leftovers() {
  on target -N -e "SELECT CONCAT('SELECT \'', table_name, '.', column_name, '\', COUNT(*) FROM \`', table_name,
        '\` WHERE LOCATE(\'dev.wfu.test\', CAST(\`', column_name, '\` AS BINARY)) HAVING COUNT(*) > 0;')
      FROM information_schema.columns WHERE table_schema = 'wp_target' AND table_name IN
        (SELECT table_name FROM information_schema.tables WHERE table_schema = 'wp_target' AND table_name NOT LIKE 'wfumig%')
      AND data_type IN ('varchar', 'tinytext', 'text', 'mediumtext', 'longtext')" | on target -N wp_target
}

# same ONE OTHER WHAT: says that they are, or where they first differ.
same() {
  if diff "$1" "$2" > "$work/difference"; then
    echo "$3"
  else
    echo "NOT $3:"
    head -n 6 "$work/difference"
    wrong=1
  fi
}

# check NAME: against the source, and what wfumig made against what it made the other way.
check() {
  local name=$1
  [ -f "$work/source.counts" ] || counts source wp_source > "$work/source.counts"
  counts target wp_target > "$work/$name.counts"
  same "$work/source.counts" "$work/$name.counts" "$name: as many rows as the source in each table"
  case $name in
    pipe | load_data* | mydumper)
      [ -f "$work/source.sums" ] || sums source wp_source > "$work/source.sums"
      sums target wp_target > "$work/$name.sums"
      same "$work/source.sums" "$work/$name.sums" "$name: the source's checksums"
      ;;
    wfumig_*)
      leftovers > "$work/$name.left"
      same /dev/null "$work/$name.left" "$name: the source's host is nowhere left"
      sums target wp_target > "$work/$name.sums"
      [ "$name" = wfumig_move ] || [ ! -f "$work/wfumig_move.sums" ] ||
        same "$work/wfumig_move.sums" "$work/$name.sums" "$name: the checksums of wfumig_move"
      ;;
  esac
}
