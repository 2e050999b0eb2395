#!/bin/sh
# Reads one dump through wfumig and its peers, one after the other, ROUNDS times; prints the medians.
# A peer that is not installed is left out: sed, perl, and go-search-replace from the folder $PEERS.
set -eu
home=$(cd "$(dirname "$0")/../.." && pwd)
size=${1:-500}
rounds=${ROUNDS:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dump=${DUMP:-$work/dump.sql}
[ -n "${DUMP:-}" ] || java "$home/src/bench/java/edu/wfu/wfumig/bench/TypicalDump.java" "$size" > "$dump"
bytes=$(wc -c < "$dump")
"$home/wfumig" --version > /dev/null

run() {
  case $1 in
    wfumig) "$home/wfumig" rewrite --sql --rule dev.wfu.test=production.wfu.example --rule http://dev.wfu.test=https://production.wfu.example ;;
    wfumig-lines) "$home/wfumig" rewrite --rule dev.wfu.test=production.wfu.example --rule http://dev.wfu.test=https://production.wfu.example ;;
    sed) LC_ALL=C sed 's#http://dev\.wfu\.test#https://production.wfu.example#g;s#dev\.wfu\.test#production.wfu.example#g' ;;
    perl) perl -pe 's#http://dev\.wfu\.test#https://production.wfu.example#g;s#dev\.wfu\.test#production.wfu.example#g' ;;
    go-search-replace) "$PEERS/go-search-replace" dev.wfu.test production.wfu.example ;;
  esac
}

contestants="wfumig wfumig-lines"
for peer in sed perl; do command -v $peer > /dev/null && contestants="$contestants $peer"; done
[ -x "${PEERS:-}/go-search-replace" ] && contestants="$contestants go-search-replace"

cat "$dump" > /dev/null
for round in $(seq "$rounds"); do
  for each in $contestants; do
    start=$(date +%s%N)
    run "$each" < "$dump" > /dev/null
    echo "$(($(date +%s%N) - start))" >> "$work/$each"
  done
done

base=$(sort -n "$work/wfumig" | sed -n "$(((rounds + 1) / 2))p")
printf '%-18s %8s %8s   of %s MB, median of %s\n' contestant MB/s 'x wfumig' "$((bytes / 1000000))" "$rounds"
for each in $contestants; do
  median=$(sort -n "$work/$each" | sed -n "$(((rounds + 1) / 2))p")
  printf '%-18s %8s %8s\n' "$each" "$((bytes * 1000 / median))" "$(awk "BEGIN { printf \"%.2f\", $base / $median }")"
done
