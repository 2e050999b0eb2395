migration('error-postgres-words') {
  environment('local') {
    postgres { host 'localhost'; database 'a'; user 'sync'; port 0 }
    url 'http://local.test'
  }
  environment('remote') {
    embedded { postgres 12; database 'b'; schema 'public' }
  }
  from 'local'
  to   'remote'
  staging { mysql { host 'localhost'; schema 'side'; user 'sync' } }
  tables { exclude 'archon_mcp_sessions' }
  largeSites { largerThan 2.GB }
  verify { digests(); orphans() }
  cutover { swap(); truncateAndLoad() }
}
