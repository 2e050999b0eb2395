package edu.wfu.wfumig.database.mysql

import edu.wfu.wfumig.database.LoadGauge
import edu.wfu.wfumig.embedded.EmbeddedMariadb
import edu.wfu.wfumig.support.TestServer
import java.nio.file.Path
import java.time.Duration
import spock.lang.Requires
import spock.lang.Specification
import spock.util.concurrent.PollingConditions

/** How busy a server is, as it says itself. */
class MysqlGaugeSpec extends Specification {
    static final String ASLEEP = "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE '/* busy */%' AND info NOT LIKE '%processlist%'"
    TestServer server = TestServer.embedded()
    def soon = new PollingConditions(timeout: 20, delay: 0.05)

    /** Runs statements that last, each on a connection of its own, while {@code then} is asked. */
    private void busy(int connections, Closure then) {
        def open = (1..connections).collect { server.connect() }
        def threads = open.collect { connection ->
            Thread.start {
                try {
                    connection.createStatement().execute('/* busy */ SELECT SLEEP(600)')
                } catch (java.sql.SQLException ignored) { }
            }
        }
        try {
            soon.eventually { assert server.rows(ASLEEP) == [[connections.toString()]] }
            then()
        } finally {
            open*.abort { it.run() }
            threads*.join()
            soon.eventually { assert server.rows(ASLEEP) == [['0']] }
        }
    }

    def 'threads of others count, wfumig\'s own do not, not even one that hangs in the middle of its SELECT'() {
        given:
        def database = server.database()
        def gauge = database.gauge(false)
        server.sql('''
            CREATE OR REPLACE DATABASE gauge_dev;
            USE gauge_dev;
            CREATE TABLE big (id INT PRIMARY KEY, t TEXT);
            INSERT INTO big SELECT seq, REPEAT('more than a socket buffers ', 40) FROM seq_1_to_20000''')

        and: 'a moment in which nobody else is at work: a server has threads of its own, and connections that are just closed'
        def raw = { server.rows("SHOW GLOBAL STATUS LIKE 'Threads_running'")[0][1] as int }
        def calm = { Closure<Integer> read -> (1..20).collect { sleep(10); read() }.min() }
        def quiet = calm { gauge.read().threadsRunning() as int }
        def before = calm(raw)

        expect:
        busy(3) { soon.eventually { assert gauge.read().threadsRunning() == quiet + 3 } }

        when:
        def table = database.catalogue().withCloseable { it.define('gauge_dev', ['big'])[0] }
        List<List> inTheMiddle = []
        int rows = 0
        database.snapshot('gauge_dev', ['big'], 1).withCloseable { snapshot ->
            snapshot.readers()[0].read(table, null, null) { values -> if (rows++ == 0) inTheMiddle << [calm(raw), calm { gauge.read().threadsRunning() as int }] }
        }

        then:
        rows == 20_000
        inTheMiddle == [[before + 1, quiet]]

        cleanup:
        gauge?.close()
        server.drop('gauge_dev')
    }

    def 'a gauge whose connection was cut opens another one'() {
        given:
        def database = server.database()
        def gauge = database.gauge(true)
        gauge.read()

        when:
        database.release(Thread.currentThread())

        then:
        !gauge.read().replica()

        cleanup:
        gauge?.close()
    }

    def 'a server that is no replica is not behind, one whose replication stands still does not know'() {
        given:
        def gauge = server.database().gauge(true)

        expect:
        with(gauge.read()) { !replica() && lag() == Duration.ZERO }

        when:
        server.sql("CHANGE MASTER 'spec' TO MASTER_HOST = '127.0.0.1', MASTER_PORT = 1, MASTER_USER = 'nobody'")

        then:
        with(gauge.read()) { replica() && lag() == null }

        cleanup:
        server.sql("RESET SLAVE 'spec' ALL")
        gauge?.close()
    }

    @Requires(value = { TestServer.noMysql9().isEmpty() }, reason = 'no MySQL 9 here: Debian packages cannot be had')
    def 'MySQL tells it under other words'() {
        given:
        server = TestServer.mysql9()
        server.sql("CREATE USER 'gauge'@'%' IDENTIFIED BY 'g'")
        def gauge = server.database().gauge(true)
        def stranger = server.database('gauge', 'g').gauge(true)

        expect:
        with(gauge.read()) { threadsRunning() >= 0 && !replica() && lag() == Duration.ZERO }
        stranger.missingGrants() == ["GRANT REPLICATION CLIENT ON *.* TO 'gauge'"]

        when:
        server.sql("CHANGE REPLICATION SOURCE TO SOURCE_HOST = '127.0.0.1', SOURCE_PORT = 1, SOURCE_USER = 'nobody'")
        server.sql("GRANT REPLICATION CLIENT ON *.* TO 'gauge'@'%'")

        then:
        with(gauge.read()) { replica() && lag() == null }
        server.database('gauge', 'g').gauge(true).withCloseable { LoadGauge it -> it.missingGrants() } == []

        cleanup:
        server.sql("RESET REPLICA ALL; DROP USER 'gauge'@'%'")
        [gauge, stranger]*.close()
    }

    def 'a real replica says how far it is behind'() {
        given:
        def folder = Path.of('target/embedded').toAbsolutePath()
        def primary = EmbeddedMariadb.start(folder, folder.resolve('primary'), '--log-bin=spec', '--server-id=2')
        primary.create('gauge_lag')
        def url = "jdbc:mysql://${primary.host()}:${primary.port()}/gauge_lag?sslMode=DISABLED"
        def at = java.sql.DriverManager.getConnection(url, EmbeddedMariadb.USER, primary.password())
        at.createStatement().execute('CREATE OR REPLACE TABLE t (id INT)')
        server.sql('DROP DATABASE IF EXISTS gauge_lag; CREATE DATABASE gauge_lag; CREATE TABLE gauge_lag.t (id INT)')
        def log = at.createStatement().executeQuery('SHOW MASTER STATUS').with { it.next(); [it.getString(1), it.getLong(2)] }
        def gauge = server.database().gauge(true)
        server.sql("CHANGE MASTER 'spec' TO MASTER_HOST = '${primary.host()}', MASTER_PORT = ${primary.port()}, MASTER_USER = '${EmbeddedMariadb.USER}'," +
                " MASTER_PASSWORD = '${primary.password()}', MASTER_SSL = 0, MASTER_SSL_VERIFY_SERVER_CERT = 0, MASTER_LOG_FILE = '${log[0]}', MASTER_LOG_POS = ${log[1]}, MASTER_USE_GTID = no")

        when:
        server.sql("START SLAVE 'spec'")

        then:
        soon.eventually { with(gauge.read()) { assert replica() && lag() == Duration.ZERO } }

        when: 'it may not write what the primary wrote'
        def barrier = server.connect('gauge_lag')
        barrier.createStatement().execute('LOCK TABLES t READ')
        at.createStatement().execute('INSERT INTO t VALUES (1)')

        then:
        soon.eventually { assert gauge.read().lag() > Duration.ofSeconds(1) }

        cleanup:
        barrier?.close()
        server.sql("STOP SLAVE 'spec'; RESET SLAVE 'spec' ALL; DROP DATABASE IF EXISTS gauge_lag")
        at?.close()
        gauge?.close()
        primary?.close()
    }
}
