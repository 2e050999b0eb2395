package edu.wfu.wfumig.lock

import edu.wfu.wfumig.Refusal
import edu.wfu.wfumig.database.BulkLoader
import edu.wfu.wfumig.database.Database
import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import java.nio.charset.StandardCharsets
import spock.lang.Shared
import spock.util.concurrent.PollingConditions

/** The contract of the lock on MySQL and MariaDB, with the command that takes it away. */
abstract class MysqlLockContract extends LockContract {
    @Shared TestServer server = server()

    abstract TestServer server()

    def setupSpec() {
        server.drop('lock_uat', 'lock_dev')
        server.sql('CREATE DATABASE lock_uat; CREATE TABLE lock_uat.t (id INT PRIMARY KEY)')
    }

    def cleanupSpec() {
        server.drop('lock_uat', 'lock_dev')
    }

    @Override
    Database database() { server.database() }

    @Override
    void sql(String statement) { server.sql(statement) }

    @Override
    List<List<String>> rows(String query) { server.rows(query) }

    @Override
    void kill(String connection) { server.sql("KILL CONNECTION $connection") }

    @Override
    String free() { 'IS_USED_LOCK(name) IS NULL' }

    @Override
    AutoCloseable openLoader(Database database) { database.loader('lock_uat') }

    @Override
    void load(AutoCloseable loader) {
        def text = '(3),\n(5);\n'.getBytes(StandardCharsets.US_ASCII)
        ((BulkLoader) loader).load('t', ['id'], true, text, 0, text.length, 2)
    }

    def 'unlock refuses while the owner lives and names it; with force the owner writes nothing more'() {
        given:
        server.load('lock_dev', 'dev')
        def wfumig = new Wfumig()
        def plan = wfumig.plan("migration('u') { ${wfumig.ends(server, 'lock_dev', server, 'lock_uat')}\n sites { all() } }").toString()
        def identity = "${server.rows('SELECT @@hostname')[0][0]}:${server.rows('SELECT @@datadir')[0][0]}"
        def database = server.database()
        def lock = TargetLock.take(database, identity, 'lock_uat', Owner.here('run nightly'), LEASE)

        expect:
        wfumig.call('unlock', plan) == 5
        wfumig.err.contains('another run holds the target: run nightly on ')
        lock.held()

        and:
        wfumig.call('unlock', plan, '--force') == 0
        wfumig.out.contains('uat is free: what run nightly on ')
        !lock.held()
        tables() == ['t']

        when:
        database.editor().update('INSERT INTO lock_uat.t VALUES (1)', [])

        then:
        thrown(Refusal)
        server.rows('SELECT COUNT(*) FROM lock_uat.t') == [['0']]

        and:
        wfumig.call('unlock', plan) == 0
        wfumig.out.contains('uat is free: no run held it')
    }

    def 'unlock takes away what a dead owner left'() {
        given:
        server.load('lock_dev', 'dev')
        def wfumig = new Wfumig()
        def plan = wfumig.plan("migration('u') { ${wfumig.ends(server, 'lock_dev', server, 'lock_uat')}\n sites { all() } }").toString()
        def identity = "${server.rows('SELECT @@hostname')[0][0]}:${server.rows('SELECT @@datadir')[0][0]}"
        TargetLock.take(server.database(), identity, 'lock_uat', Owner.here('run nightly'), LEASE)
        kill(connection())

        expect:
        new PollingConditions(timeout: 5).eventually { assert wfumig.call('unlock', plan) == 0 }
        wfumig.out.contains('uat is free: what run nightly on ')
        tables() == ['t']
    }
}
