// Everything that can be wrong is told at once.
migration('error-archive-in-s3') {
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
      bucket 'WFU_migrations'
      prefix '../elsewhere'
      endpoint 'https://somebody:hunter2@minio.wfu.test'
      storageClass 'STANDART_IA'
      encryption 'aws:kmz'
      accessKey secret('s3-access')
    }
  }
}
