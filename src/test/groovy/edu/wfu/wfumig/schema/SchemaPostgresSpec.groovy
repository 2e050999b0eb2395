package edu.wfu.wfumig.schema

import edu.wfu.wfumig.support.SchemaHouse
import edu.wfu.wfumig.support.TestPostgres

/** Migrations on PostgreSQL. */
class SchemaPostgresSpec extends SchemaContract {
    @Override
    SchemaHouse open() { new SchemaHouse(TestPostgres.newer(), 'versioned') }
}
