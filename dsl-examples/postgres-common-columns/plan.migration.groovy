// A target whose tables stay where they are, with columns of its own.
migration('postgres-common-columns') {
  environment('local') {
    postgres { host 'localhost'; database 'postgres'; user 'postgres'; password secret('local') }
  }
  environment('remote') {
    postgres {
      host 'db.example.org'
      database 'postgres'
      user 'sync'
      password secret('remote')
      ssl verified { rootCertificate 'certificates/ca.pem' }
    }
  }
  from 'local'
  to   'remote'
  tables { include 'archon_prompts', 'archon_sources'; missing refuse(); different commonColumns(); where 'archon_prompts', 'active' }
  rewrite { replace 'local.example.org', with: 'www.example.org'; skipColumns 'archon_sources.url' }
  cutover { truncateAndLoad() }
  backup { dump() }
}
