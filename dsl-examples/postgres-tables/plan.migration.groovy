// Tables of PostgreSQL, without anything of WordPress. Staging is a schema of wfumig's own beside the target's.
migration('postgres-tables') {
  environment('local') {
    postgres { host 'localhost'; database 'postgres'; user 'postgres'; password secret('local') }
  }
  environment('remote') {
    postgres { host 'db.example.org'; database 'postgres'; user 'sync'; password secret('remote'); ssl required() }
  }
  from 'local'
  to   'remote'
  tables {
    schema 'public'
    include 'archon_*'
    exclude 'archon_mcp_sessions', 'archon_mcp_requests', 'archon_prompts'
  }
  backup { dump() }
  verify { rowCounts(); digests(); foreignKeys() }
}
