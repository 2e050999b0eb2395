package edu.wfu.wfumig.lock

import edu.wfu.wfumig.database.Database
import edu.wfu.wfumig.database.SchemaEditor
import edu.wfu.wfumig.support.TestPostgres
import spock.lang.Shared

/** The contract of the lock on PostgreSQL. */
class LockPostgresSpec extends LockContract {
    @Shared TestPostgres server = TestPostgres.newer()

    def setupSpec() {
        server.create('lock_spec')
        sql('CREATE SCHEMA lock_uat; CREATE TABLE lock_uat.t (id int PRIMARY KEY)')
    }

    def cleanupSpec() {
        server.drop('lock_spec')
    }

    @Override
    int times() { 30 }

    @Override
    Database database() { server.database('lock_spec') }

    @Override
    void sql(String statement) { server.sql(statement, 'lock_spec') }

    @Override
    List<List<String>> rows(String query) { server.rows(query, 'lock_spec') }

    @Override
    void kill(String connection) { server.sql("SELECT pg_terminate_backend($connection)") }

    @Override
    String free() { 'NOT EXISTS (SELECT FROM pg_locks WHERE locktype = \'advisory\' AND pid = connection)' }

    @Override
    AutoCloseable openLoader(Database database) { database.editor() }

    @Override
    void load(AutoCloseable loader) {
        ((SchemaEditor) loader).update('INSERT INTO lock_uat.t VALUES (3), (5)', [])
    }
}
