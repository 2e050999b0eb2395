// A comparison would give a yes or no, long before there is anything to compare: limits are named.
migration('error-throttle-comparison') {
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
  throttle { pauseWhen threadsRunning > 50 }
}
