# shellcheck shell=bash disable=SC2154 # work: tables.sh says it
# Two private PostgreSQL servers, source and target, below $work: as they are delivered, with 512 MB of shared buffers.
running=()

# on source -c 'SELECT 1': psql, at one of the two.
on() {
  local port=$SOURCE_PORT
  [ "$1" = source ] || port=$TARGET_PORT
  shift
  psql -X -At -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$port" -U bench "$@"
}

# PostgreSQL does not run as root.
unprivileged() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- env PATH="$PATH" "$@"; else "$@"; fi
}

start_server() {
  local name=$1 port=$2 data=$work/$1
  if (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; then
    echo "port $port is taken: choose others with SOURCE_PORT and TARGET_PORT" >&2
    exit 1
  fi
  mkdir "$data"
  if [ "$(id -u)" = 0 ]; then chmod 711 "$work" && chown postgres "$data"; fi
  unprivileged initdb -D "$data" -U bench --auth=trust -E UTF8 --locale=C.UTF-8 > "$work/$name.log"
  unprivileged pg_ctl -D "$data" -w -s -l "$data/log" \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c shared_buffers=512MB" start
  running+=("$data")
  head -n 1 "$data/postmaster.pid" > "$work/$name.pid"
  on "$name" -q -d postgres -c 'CREATE DATABASE bench'
}

start_servers() {
  start_server source "$SOURCE_PORT"
  start_server target "$TARGET_PORT"
  echo "PostgreSQL $(on source -c 'SHOW server_version'), $(nproc) cores, load $(cut -d ' ' -f 1 /proc/loadavg) before"
}

stop_servers() {
  local data
  for data in "${running[@]}"; do unprivileged pg_ctl -D "$data" -s -m immediate stop || true; done
}

empty_target() {
  on target -q -d postgres -c 'DROP DATABASE bench' -c 'CREATE DATABASE bench'
}

# What one contestant left dirty, the next must not pay for.
settle() {
  on source -q -c CHECKPOINT
  on target -q -c CHECKPOINT
  sync -f "$work"
}

# Rows and what is in them, whatever their order; how many indexes and keys.
content() {
  on "$1" -c "SELECT format('SELECT %L, count(*), sum(hashtextextended(t::text, 0)) FROM %I AS t', tablename, tablename)
      FROM pg_tables WHERE tablename LIKE 'archon%' ORDER BY 1" | sed 's/$/;/' | on "$1"
  on "$1" -c "SELECT count(*) FROM pg_indexes WHERE tablename LIKE 'archon%'" \
    -c "SELECT conname, convalidated FROM pg_constraint WHERE conrelid IN
      (SELECT oid FROM pg_class WHERE relname LIKE 'archon%' AND relnamespace = 'public'::regnamespace) AND contype <> 'n' ORDER BY 1"
}
