# shellcheck shell=bash disable=SC2154 # work, home: tables.sh says them
# plan NAME BLOCKS…: writes a plan into the work folder and has wfumig check it, which builds wfumig when it must.
plan() {
  local name=$1 file=$work/$1.migration.groovy
  shift
  cat > "$file" << END
migration('$name') {
  environment('source') { postgres { host '127.0.0.1'; port $SOURCE_PORT; database 'bench'; user 'bench'; password secret('db') } }
  environment('target') { postgres { host '127.0.0.1'; port $TARGET_PORT; database 'bench'; user 'bench'; password secret('db') } }
  from 'source'
  to   'target'
  tables { include 'archon_*' }
$(printf '  %s\n' "$@")
}
END
  "$home/wfumig" validate "$file" > /dev/null
}
