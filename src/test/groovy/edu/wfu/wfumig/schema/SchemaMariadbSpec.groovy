package edu.wfu.wfumig.schema

import edu.wfu.wfumig.support.SchemaHouse
import edu.wfu.wfumig.support.TestServer

/** Migrations on MariaDB. */
class SchemaMariadbSpec extends SchemaContract {
    @Override
    SchemaHouse open() { new SchemaHouse(TestServer.embedded(), 'versioned') }
}
