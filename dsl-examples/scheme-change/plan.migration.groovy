// From http to https: URLs change their scheme, bare hosts do not.
migration('scheme-change') {
  environment('dev') {
    mysql { host '127.0.0.1'; schema 'wp_dev'; user 'wfumig'; password secret('dev-db') }
    url 'http://dev.wfu.test'
  }
  environment('uat') {
    mysql { host '127.0.0.1'; schema 'wp_uat'; user 'wfumig'; password secret('uat-db') }
    url 'https://uat.wfu.test'
  }
  from 'dev'
  to   'uat'
  sites { sites 1, 8 }
}
