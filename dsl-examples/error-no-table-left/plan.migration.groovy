migration('error-no-table-left') {
  environment('local')  { postgres { host 'localhost'; database 'a'; user 'sync' } }
  environment('remote') { postgres { host 'localhost'; database 'b'; user 'sync' } }
  from 'local'
  to   'remote'
  tables { include 'archive_*' }
}
