// The README's plan: two servers of your own.
migration('dev-to-uat') {
  description 'Weekly refresh of UAT'

  environment('dev') {
    mysql { host '127.0.0.1'; port 3306; schema 'wp_dev'; user 'wfumig'; password secret('dev-db') }
    url 'http://dev.wfu.test'
  }
  environment('uat') {
    mysql { host env('UAT_HOST', '127.0.0.1'); schema 'wp_uat'; user 'wfumig'; password secret('uat-db') }
    url 'https://uat.wfu.test'
  }
  from 'dev'
  to   'uat'

  staging { schema 'wp_migration' }
  sites {
    all()
    exclude 13
    only { !archived && !deleted && !spam }
    networkTables()
  }
  tables {
    exclude '*_actionscheduler_*', '*_sessions'
    structureOnly '*_logs'
    where '*_posts', "post_status <> 'auto-draft'"
  }
  backup  { keepTables 7.days; dump() }
  archive { directory 'archive' }
}
