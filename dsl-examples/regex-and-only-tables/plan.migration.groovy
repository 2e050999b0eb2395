// What a text cannot say, a regular expression can; only tables named are searched.
migration('regex-and-only-tables') {
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
  rewrite {
    replace regex(/cdn(\d+)\.dev\.wfu\.test/), with: 'img-$1.wfu.example'
    onlyTables '*_posts', '*_postmeta', '*_options'
  }
}
