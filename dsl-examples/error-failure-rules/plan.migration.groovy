// Numbers that cannot be rules.
migration('error-failure-rules') {
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
  largeSites { sites 22; largerThan 2.GB; moreRowsThan 5_000_000; timeout 0.times; deferToEnd(); atOnce 1 }
  failures {
    retry attempts: 0, backoff: 2.minutes, upTo: 60.seconds
    siteTimeout 0.minutes
    maxConsecutive 0, then: abort
    maxTotal 20
    cleanUpAfterEach()
    checkHealth every: 0.sites
    testConnections every: 5.sites
  }
}
