package edu.wfu.wfumig.steps

import com.fasterxml.jackson.databind.ObjectMapper
import edu.wfu.wfumig.ScopeId
import edu.wfu.wfumig.dump.Press
import edu.wfu.wfumig.support.FakePulse
import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/** Several readers see the same moment, while others go on writing. */
class SnapshotSpec extends Specification {
    static final List<String> TABLES = ['a', 'b', 'c']
    /** A lock that is not to be had at once is an error. */
    static final String AT_ONCE = 'SET SESSION lock_wait_timeout = 0, innodb_lock_wait_timeout = 0; '

    @Shared TestServer server = TestServer.embedded()
    @TempDir Path folder
    def pulse = new FakePulse()

    def setup() {
        server.sql('CREATE OR REPLACE DATABASE snap_dev')
        TABLES.each { server.sql("CREATE TABLE $it (id BIGINT AUTO_INCREMENT PRIMARY KEY, t VARCHAR(50)); INSERT INTO $it VALUES (1, 'first')".toString(), 'snap_dev') }
    }

    def cleanupSpec() {
        server.drop('snap_dev', 'snap_net', 'snap_uat', 'snap_staging')
        server.sql("DROP USER IF EXISTS 'reader'@'127.0.0.1'")
    }

    private TableDump.Written dump(int readers, List<String> tables = TABLES) {
        def streams = new Streams(readers, false, new Room(), new Feeds(), new Proven(true))
        def wanted = new TableDump.Wanted(ScopeId.ofSite(1), tables.collectEntries { [it, null] }, [], [:], [:])
        new TableDump(server.database(), 'dev', 'snap_dev', streams, Brake.OFF, Press.QUICK).write(folder.resolve("${UUID.randomUUID()}.sql.zst"), wanted, pulse, TableDump.Follower.NOBODY)
    }

    /** While another connection inserts one row into each table, transaction by transaction. */
    private void whileInserting(Closure work) {
        def begun = new CountDownLatch(10)
        boolean stop = false
        def thread = Thread.start {
            server.connect('snap_dev').withCloseable { connection ->
                connection.autoCommit = false
                def insert = connection.createStatement()
                while (!stop) {
                    TABLES.each { insert.execute("INSERT INTO $it (t) VALUES ('more')".toString()) }
                    connection.commit()
                    begun.countDown()
                }
            }
        }
        try {
            assert begun.await(20, TimeUnit.SECONDS)
            work()
        } finally {
            stop = true
            thread.join()
        }
    }

    def 'a dump by #readers readers holds as many rows of one table as of the others, though rows keep coming in'() {
        given:
        def dumps = []

        when:
        whileInserting { 8.times { dumps << dump(readers) } }

        then:
        dumps.each { written ->
            assert written.snapshot() == "$readers readers share one snapshot".toString()
            assert written.manifest().tables()*.rows().toSet().size() == 1
        }

        and: 'they did come in'
        dumps*.manifest()*.rows() == dumps*.manifest()*.rows().toSorted().toUnique()
        pulse.log.count("$readers readers share one snapshot".toString()) == 8

        where:
        readers << [2, 3]
    }

    def 'while #readers read, anyone may write, which they do not see; afterwards nobody is left holding a lock'() {
        given:
        def database = server.database()
        def definitions = database.catalogue().withCloseable { it.define('snap_dev', TABLES) }
        def snapshot = database.snapshot('snap_dev', TABLES, readers)
        def rows = [].asSynchronized()

        when:
        TABLES.each { server.sql(AT_ONCE + "INSERT INTO $it (t) VALUES ('later'); UPDATE $it SET t = 'changed'", 'snap_dev') }
        definitions.eachWithIndex { table, int i -> snapshot.readers()[i % readers].read(table, null, null) { values -> rows << new String(values[1]) } }

        then:
        snapshot.readers().size() == readers
        rows == ['first'] * 3

        when:
        snapshot.close()
        server.sql(AT_ONCE + "LOCK TABLES ${TABLES.collect { "$it WRITE" }.join(', ')}; UNLOCK TABLES; ALTER TABLE a COMMENT = 'free'", 'snap_dev')

        then:
        noExceptionThrown()

        where:
        readers << [1, 2, 3]
    }

    def 'who writes for long is not waited for: one reader does it, and whoever came behind may go on'() {
        given:
        def writer = server.connect('snap_dev')
        writer.autoCommit = false
        writer.createStatement().execute("INSERT INTO b (t) VALUES ('not yet there')")

        when:
        def written = dump(2)

        then:
        written.snapshot().startsWith('one reader: the tables could not be locked for a moment (Lock wait timeout')
        written.manifest().tables()*.rows() == [1, 1, 1]

        when:
        server.sql(AT_ONCE + "INSERT INTO b (t) VALUES ('free')", 'snap_dev')

        then:
        noExceptionThrown()

        cleanup:
        writer?.close()
    }

    def 'a table of the engine #engine is covered by a snapshot: #covered'() {
        given:
        server.sql("CREATE TABLE z (id INT PRIMARY KEY) ENGINE=$engine COMMENT='$comment'", 'snap_dev')

        when:
        def written = dump(2, TABLES + 'z')

        then:
        written.uncovered() == (covered ? [] : ['z'])
        pulse.log.any { it == 'no snapshot covers z' } == !covered
        written.facts().uncovered == written.uncovered()

        where:
        engine   | comment                  || covered
        'InnoDB' | 'was once ENGINE=MyISAM' || true
        'MyISAM' | ''                       || false
        'MyISAM' | 'not ENGINE=InnoDB'      || false
        'Aria'   | ''                       || false
        'MEMORY' | ''                       || false
    }

    def 'an account with #grants: log and report say "#how", and which table no snapshot covers'() {
        given:
        def wfumig = new Wfumig()
        server.load('snap_net', 'dev')
        server.load('snap_uat', 'uat')
        server.sql("""CREATE TABLE wp_5_old (id INT PRIMARY KEY) ENGINE=MyISAM;
            INSERT INTO wp_5_old VALUES (7);
            CREATE OR REPLACE USER 'reader'@'127.0.0.1' IDENTIFIED BY '${server.password()}';
            GRANT $grants ON snap_net.* TO 'reader'@'127.0.0.1'""", 'snap_net')
        def plan = wfumig.plan("""
            migration('snap') {
              ${wfumig.ends(server, 'snap_net', server, 'snap_uat').replaceFirst("user '[^']*'", "user 'reader'")}
              staging { schema 'snap_staging' }
              sites { sites 5 }
            }""").toString()

        expect:
        wfumig.call('run', plan, '--yes') == 0
        server.rows('SELECT id FROM snap_uat.wp_5_old') == [['7']]

        and:
        def log = Files.readString(wfumig.run().resolve('logs/site-5.log'))
        log.contains("export: $how")
        log.contains('export: no snapshot covers wp_5_old')

        and:
        def text = Files.readString(wfumig.run().resolve('report.txt'))
        text.contains("  read: $how")
        text.contains('  read: no snapshot covers wp_5_old (site-5)')

        and:
        def readings = new ObjectMapper().readValue(wfumig.run().resolve('report.json').toFile(), Map).readings
        readings.keySet().any { it.startsWith(how) }
        readings['no snapshot covers wp_5_old'] == ['site-5']
        readings.size() == 2

        and: 'nobody is left holding a lock'
        server.sql(AT_ONCE + 'LOCK TABLES wp_5_posts WRITE, wp_5_options WRITE; UNLOCK TABLES', 'snap_net')

        where:
        grants                                   || how
        'SELECT, SHOW VIEW, TRIGGER'             || 'one reader: the tables could not be locked for a moment (Access denied for user'
        'SELECT, SHOW VIEW, TRIGGER, LOCK TABLES' || '2 readers share one snapshot'
    }
}
