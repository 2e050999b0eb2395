migration('error-s3-incomplete') {
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
  sites { sites 22 }
  archive {
    s3 {
      storageClass 'DEEP_ARCHIVE'
      kmsKey 'alias/migrations'
      profile 'ops'; accessKey secret('a'); secretKey secret('b')
    }
  }
}
