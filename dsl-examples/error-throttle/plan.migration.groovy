// Limits that limit nothing, or everything.
migration('error-throttle') {
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
  throttle {
    maxRowsPerSecond 0
    pauseWhen threadsRunning: -1, replicaLag: 0.seconds
  }
  throttle { }
}
