migration('error-postgres-with-sites') {
  environment('local')  { postgres { host 'localhost'; database 'a'; user 'sync' } }
  environment('remote') { postgres { host 'localhost'; database 'b'; user 'sync' } }
  from 'local'
  to   'remote'
  sites { all() }
  tables { include 'archon_*'; missing create() }
}
