// Both ends on the embedded server.
migration('embedded') {
  environment('dev') { embedded { schema 'wp_dev'; load 'dev.sql.gz' }; url 'http://dev.wfu.test' }
  environment('uat') { embedded { schema 'wp_uat' }; url 'http://uat.wfu.test' }
  from 'dev'
  to 'uat'
  sites { sites 22 }
}
