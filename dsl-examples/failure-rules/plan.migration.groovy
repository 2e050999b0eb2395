// What happens when a site fails, and which sites get more time and a place of their own.
migration('failure-rules') {
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
  largeSites { sites 22; largerThan 2.GB; moreRowsThan 5_000_000; timeout 3.times; deferToEnd(); atOnce 1 }
  failures {
    retry attempts: 3, backoff: 2.seconds, upTo: 60.seconds
    siteTimeout 20.minutes
    maxConsecutive 5, then: ask
    maxTotal 20
    cleanUpAfterEach()
    checkHealth every: 10.sites
    testConnections every: 5.sites
  }
}
