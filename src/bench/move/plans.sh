# shellcheck shell=bash disable=SC2154 # work, home: move.sh says them
# plan NAME BLOCKS…: writes a plan into the work folder and has wfumig check it, which builds wfumig when it must.
# The rules of the rewrite come from the two addresses.
plan() {
  local name=$1 file=$work/$1.migration.groovy
  shift
  cat > "$file" << END
migration('$name') {
  environment('source') {
    mysql { host '127.0.0.1'; port $SOURCE_PORT; schema '${source_schema:-wp_source}'; user 'bench'; password secret('db') }
    url 'http://dev.wfu.test'
  }
  environment('target') {
    mysql { host '127.0.0.1'; port $TARGET_PORT; schema 'wp_target'; user 'bench'; password secret('db') }
    url 'https://uat.wfu.test'
  }
  from 'source'
  to   'target'
  staging { schema 'wp_staging' }
  sites { all(); networkTables() }
$(printf '  %s\n' "$@")
}
END
  "$home/wfumig" validate "$file" > /dev/null
}
