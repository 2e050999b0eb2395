migration('error-same-database') {
  environment('local')  { postgres { host 'localhost'; database 'a'; user 'sync' } }
  environment('remote') { postgres { host 'localhost'; port 5432; database 'a'; user 'postgres' } }
  from 'local'
  to   'remote'
  staging { schema 'public' }
  tables { include '*' }
}
