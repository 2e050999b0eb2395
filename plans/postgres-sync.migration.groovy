// Tables from one PostgreSQL to another, of different versions, which wfumig fetches, starts and stops itself. Both ways:
//   ./wfumig run plans/postgres-sync.groovy
//   ./wfumig run plans/postgres-sync.groovy --reverse
migration('postgres-sync') {
  description 'The knowledge base of Archon, between a laptop and its server'

  environment('local')  { embedded { postgres 17; database 'archon_local';  load 'postgres-sync/local.sql' } }
  environment('remote') { embedded { postgres 18; database 'archon_remote'; load 'postgres-sync/remote.sql' } }
  from 'local'
  to   'remote'

  tables {
    schema 'public'
    include 'archon_*'
    exclude 'archon_mcp_sessions', 'archon_mcp_requests'
  }
  parallel { chunks 2 }
  backup { keepTables 7.days; dump() }
  verify { rowCounts(); digests(); foreignKeys() }
}
