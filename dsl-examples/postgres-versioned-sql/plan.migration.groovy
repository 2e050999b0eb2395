// The target's own tables are brought to their version first, then get the source's rows.
migration('postgres-versioned-sql') {
  environment('local')  { postgres { host 'localhost'; database 'postgres'; user 'postgres'; password secret('local') } }
  environment('remote') { postgres { host 'db.example.org'; database 'postgres'; user 'sync'; password secret('remote') } }
  from 'local'
  to   'remote'
  tables { include 'archon_prompts', 'archon_sources'; different commonColumns() }
  cutover { truncateAndLoad() }
  schema { migrations '../schema/woo-postgres'; before() }
}
