# shellcheck shell=bash disable=SC2154 # work: move.sh says it
# Two private MariaDB servers, source and target, below $work. Equal in everything, durable as a server in production is.
settings=(
  --bind-address=127.0.0.1 --skip-name-resolve --skip-ssl --performance-schema=OFF --skip-log-bin
  --character-set-server=utf8mb4 --collation-server=utf8mb4_unicode_520_ci --sql-mode=NO_ENGINE_SUBSTITUTION
  --innodb-flush-log-at-trx-commit=1 --innodb-doublewrite=ON --innodb-flush-method=O_DIRECT
  --innodb-buffer-pool-size=1G --innodb-log-file-size=512M
  --max-allowed-packet=256M --local-infile=ON --secure-file-priv=)
running=()
if [ "$(id -u)" = 0 ]; then settings+=(--user=root); fi

# on source -e 'SELECT 1': the client of MariaDB, at one of the two.
on() {
  local server=$1
  shift
  mariadb --defaults-file="$work/$server.cnf" "$@"
}

start_server() {
  local name=$1 port=$2 data=$work/$1
  if (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; then
    echo "port $port is taken: choose others with SOURCE_PORT and TARGET_PORT" >&2
    exit 1
  fi
  mariadb-install-db --no-defaults --auth-root-authentication-method=normal --skip-test-db --datadir="$data" \
    > "$work/$name.log" 2>&1
  printf '%s;\n' "CREATE USER bench@'127.0.0.1' IDENTIFIED BY 'bench'" "GRANT ALL ON *.* TO bench@'127.0.0.1'" > "$work/users.sql"
  # The socket's path counts from the data folder, because a long one is refused.
  mariadbd --no-defaults "${settings[@]}" --datadir="$data" --port="$port" --socket=socket --pid-file="$work/$name.pid" \
    --tmpdir="$work" --init-file="$work/users.sql" >> "$work/$name.log" 2>&1 &
  running+=($!)
  cat > "$work/$name.cnf" << END
[client]
host=127.0.0.1
port=$port
user=bench
password=bench
skip-ssl
default-character-set=utf8mb4
max-allowed-packet=256M
END
  for _ in $(seq 150); do
    on "$name" -e 'SELECT 1' > /dev/null 2>&1 && return
    sleep 0.2
  done
  echo "the $name server does not start:" >&2
  tail -n 5 "$work/$name.log" >&2
  exit 1
}

start_servers() {
  start_server source "$SOURCE_PORT"
  start_server target "$TARGET_PORT"
  echo "$(on source -N -e 'SELECT version()'), $(nproc) cores, load $(cut -d ' ' -f 1 /proc/loadavg) before"
}

# Killed, not shut down: the folder goes too.
stop_servers() {
  [ ${#running[@]} = 0 ] || kill -KILL "${running[@]}" 2> /dev/null || true
  wait 2> /dev/null || true
}

empty_target() {
  on target -N -e "SELECT CONCAT('DROP DATABASE \`', schema_name, '\`;') FROM information_schema.schemata
      WHERE schema_name NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')" | on target
  on target -e 'CREATE DATABASE wp_target'
}

# What one contestant left dirty, the next must not pay for: flush at full speed, then back to the server's own pace.
settle() {
  local server
  for server in source target; do
    on "$server" -e 'SET GLOBAL innodb_io_capacity_max = 40000, GLOBAL innodb_io_capacity = 20000,
        GLOBAL innodb_max_dirty_pages_pct = 0'
  done
  for server in source target; do
    for _ in $(seq 300); do
      [ "$(on "$server" -N -e "SHOW GLOBAL STATUS LIKE 'Innodb_buffer_pool_pages_dirty'" | cut -f 2)" -lt 500 ] && break
      sleep 0.2
    done
    on "$server" -e 'SET GLOBAL innodb_max_dirty_pages_pct = 90,
        GLOBAL innodb_io_capacity = 200, GLOBAL innodb_io_capacity_max = 2000'
  done
  sync -f "$work"
}
