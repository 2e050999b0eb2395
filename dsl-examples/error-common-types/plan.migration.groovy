migration('error-common-types') {
  environment('local')  { postgres { host 'localhost'; database 'a'; user 'sync' } }
  environment('remote') { postgres { host 'localhost'; database 'b'; user 'sync' } }
  from 'local'
  to   'remote'
  tables { include 'archon_prompts', 'people'; different commonColumns() }
}
