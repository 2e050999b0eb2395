// Archived at Amazon's; keys come from where the AWS SDK looks for them.
migration('archive-in-s3') {
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
      bucket 'wfu-migrations'; region 'us-east-1'; prefix 'runs'
      storageClass 'STANDARD_IA'; encryption 'aws:kms'; kmsKey 'alias/migrations'
    }
  }
}
