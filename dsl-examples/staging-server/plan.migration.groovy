// Built and verified on a server of its own, carried over before the cutover.
migration('staging-server') {
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
  staging { mysql { host '127.0.0.2'; schema 'wp_migration'; user 'wfumig'; password secret('staging-db') } }
  sites { sites 22 }
}
