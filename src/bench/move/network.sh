# shellcheck shell=bash disable=SC2154 # work, home, here: move.sh says them
# The network that moves: made by TypicalNetwork, defined by site.sql and network.sql, loaded into the source.

# generate big 1000: the files of all tables into $work/rows.
generate() {
  rm -rf "$work/rows"
  javac -encoding UTF-8 -d "$work/classes" "$home"/src/bench/java/edu/wfu/wfumig/bench/{TypicalNetwork,TypicalText,LoadFile}.java
  java -cp "$work/classes" edu.wfu.wfumig.bench.TypicalNetwork "$1" "$work/rows" "${@:2}"
}

# The prefixes of the sites that were generated.
prefixes() {
  local file
  for file in "$work"/rows/wp_*_posts.tsv; do basename "$file" posts.tsv; done
}

definitions() {
  local prefix
  cat "$here/network.sql"
  for prefix in $(prefixes); do sed "s/{site}/$prefix/" "$here/site.sql"; done
}

# One LOAD DATA a line, the largest table first.
loads() {
  ls -S "$work/rows" | sed -E "s|^(.*)\.tsv$|LOAD DATA INFILE '$work/rows/\1.tsv' INTO TABLE \1 CHARACTER SET utf8mb4;|"
}

fill() {
  local server=$1 schema=$2
  on "$server" -e "SET GLOBAL innodb_flush_log_at_trx_commit = 0; DROP DATABASE IF EXISTS $schema; CREATE DATABASE $schema"
  { definitions; loads; } | on "$server" "$schema"
  on "$server" -e 'SET GLOBAL innodb_flush_log_at_trx_commit = 1'
}

# A target that was filled before: it has the same sites, at addresses of its own.
fill_target() {
  empty_target
  fill target wp_target
  on target wp_target -e "UPDATE wp_blogs SET domain = 'uat.wfu.test'; UPDATE wp_site SET domain = 'uat.wfu.test'"
}
