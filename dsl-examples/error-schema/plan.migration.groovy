// Versioned SQL without a folder, and without saying when.
migration('schema-without-a-when') {
  environment('dev') {
    mysql { host 'db-dev.wfu.test'; schema 'wp_dev'; user 'wfumig' }
    url 'http://dev.wfu.test'
  }
  environment('uat') {
    mysql { host 'db-uat.wfu.test'; schema 'wp_uat'; user 'wfumig' }
    url 'https://uat.wfu.test'
  }
  from 'dev'
  to 'uat'
  sites { sites 3, 5 }
  schema { once() }
}
