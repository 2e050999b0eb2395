// What the target lacks, and what is another table there, is told for all tables at once.
migration('error-tables-refused') {
  environment('local')  { postgres { host 'localhost'; database 'a'; user 'sync' } }
  environment('remote') { postgres { host 'localhost'; database 'b'; user 'sync' } }
  from 'local'
  to   'remote'
  tables {
    include 'archon_*'
    missing refuse()
    different refuse()
  }
}
