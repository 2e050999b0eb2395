// A whole migration on an embedded MariaDB, which wfumig fetches, starts and stops itself. Run it as often as you like:
//   ./wfumig run plans/demo.migration.groovy
migration('demo') {
  description 'A small university network, from dev to uat'

  environment('dev') {
    embedded { schema 'wp_dev'; load 'demo/dev.sql.gz' }
    url 'http://dev.wfu.test'
  }
  environment('uat') {
    embedded { schema 'wp_uat'; load 'demo/uat.sql.gz' }
    url 'https://uat.wfu.test'
  }
  from 'dev'
  to   'uat'

  staging { schema 'wp_staging' }
  sites {
    all()
    only { !archived && !deleted && !spam }
    networkTables()
  }
  tables {
    structureOnly '*_registration_log'
    where '*_posts', "post_status <> 'auto-draft'"
  }
  parallel { sites 2 }
  backup  { keepTables 7.days; dump() }
  verify  { rowCounts(); digests(); orphans() }
  archive { directory 'archive' }
}
