// A rule of the author goes before those that follow from addresses.
migration('rewrite-rules') {
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
  rewrite { replace 'http://cdn.dev.wfu.test', with: 'https://cdn.wfu.example'; skipColumns '*_posts.guid' }
}
