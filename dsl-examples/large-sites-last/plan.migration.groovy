// Large by name or by size; they come last.
migration('large-sites-last') {
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
  sites { all() }
  largeSites { sites 22; largerThan 1.GB; deferToEnd(); atOnce 1 }
  parallel { sites 4 }
}
