migration('error-mysql-words') {
  environment('dev') { mysql { host '127.0.0.1'; schema 'wp_dev'; user 'wfumig' } }
  environment('uat') { embedded { schema 'wp_uat'; database 'uat' } }
  from 'dev'
  to   'uat'
  tables { schema 'public'; include 'other' }
  cutover { truncateAndLoad() }
}
