// Two embedded servers of different versions; a table that differs comes out as it is on the source.
migration('postgres-embedded') {
  environment('local')  { embedded { postgres 17; database 'archon'; load 'local.sql' } }
  environment('remote') { embedded { postgres 18; database 'archon' } }
  from 'local'
  to   'remote'
  staging { schema 'side' }
  tables { include '*'; different replace() }
}
