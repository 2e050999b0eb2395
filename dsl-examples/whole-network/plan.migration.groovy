// Everything, with users and settings.
migration('whole-network') {
  environment('dev') {
    mysql { host '127.0.0.1'; schema 'wp_dev'; user 'wfumig'; password secret('dev-db') }
    url 'http://dev.wfu.test'
  }
  environment('uat') {
    mysql { host '127.0.0.1'; schema 'wp_uat'; user 'wfumig'; password secret('uat-db') }
    url 'http://uat.wfu.test'
  }
  from 'dev'
  to   'uat'
  staging { schema 'wp_migration' }
  sites { all(); networkTables() }
  backup { keepTables 7.days; dump() }
  archive { directory 'archive' }
}
