// A source that is in use: how fast it is read, and when it is left alone.
migration('throttle') {
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
  sites { sites 1, 22 }
  throttle {
    maxRowsPerSecond 5_000
    pauseWhen threadsRunning: 50, replicaLag: 5.seconds
  }
}
