package edu.wfu.wfumig.schema

import edu.wfu.wfumig.support.SchemaHouse
import edu.wfu.wfumig.support.TestServer
import spock.lang.Requires

/** Migrations on MySQL 9. */
@Requires(value = { TestServer.noMysql9().isEmpty() }, reason = 'no MySQL 9 here: Debian packages cannot be had')
class SchemaMysqlSpec extends SchemaContract {
    @Override
    SchemaHouse open() { new SchemaHouse(TestServer.mysql9(), 'versioned') }
}
