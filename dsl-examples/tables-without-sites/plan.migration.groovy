// Tables of MySQL or MariaDB, whatever they belong to: only the plan's own rules apply.
migration('tables-without-sites') {
  environment('dev') {
    mysql { host 'dev.example.org'; schema 'wp_dev'; user 'wfumig'; password secret('dev-db'); ssl verified() }
  }
  environment('uat') {
    mysql { host '127.0.0.1'; schema 'wp_uat'; user 'wfumig'; password secret('uat-db') }
  }
  from 'dev'
  to   'uat'
  staging { schema 'wp_staging' }
  tables { include 'other', 'wp_43_*', 'wp_blogs'; exclude '*meta'; structureOnly '*_log' }
  rewrite { replace 'dev.wfu.test', with: 'uat.wfu.test' }
}
