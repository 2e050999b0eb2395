// Migrations of a plugin, for each site that moves: before anything moves, and again for what came.
migration('refresh-with-schema') {
  environment('dev') {
    mysql { host 'db-dev.wfu.test'; schema 'wp_dev'; user 'wfumig'; password secret('dev-db') }
    url 'http://dev.wfu.test'
  }
  environment('uat') {
    mysql { host 'db-uat.wfu.test'; schema 'wp_uat'; user 'wfumig'; password secret('uat-db') }
    url 'https://uat.wfu.test'
  }
  from 'dev'
  to 'uat'
  sites { all(); networkTables() }
  schema { migrations '../schema/woo'; before(); after() }
}
