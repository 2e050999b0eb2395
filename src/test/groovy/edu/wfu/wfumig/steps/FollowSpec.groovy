package edu.wfu.wfumig.steps

import edu.wfu.wfumig.ledger.Event
import edu.wfu.wfumig.ledger.Journal
import edu.wfu.wfumig.support.RunEnd
import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Shared
import spock.lang.Specification

/** A real run whose stage follows its export. */
class FollowSpec extends Specification {
    static final String EXPORT = 'site-5/export'
    static final String STAGE = 'site-5/stage'
    @Shared TestServer server = TestServer.embedded()

    def setupSpec() {
        server.load('follow_dev', 'dev')
        server.sql('''
            CREATE TABLE wp_5_big (a INT, b BIGINT UNSIGNED, t LONGTEXT, PRIMARY KEY (a, b));
            INSERT INTO wp_5_big SELECT seq DIV 100, seq, CONCAT('http://dev.wfu.test/', seq, REPEAT(' text', 250)) FROM seq_1_to_7000;
            CREATE TABLE wp_5_without_key (t LONGTEXT);
            INSERT INTO wp_5_without_key SELECT CONCAT('http://dev.wfu.test/', REPEAT(' last', 300)) FROM seq_1_to_3000;
            CREATE TABLE wp_5_last (id INT PRIMARY KEY);
            INSERT INTO wp_5_last VALUES (1)''', 'follow_dev')
    }

    def cleanupSpec() {
        server.drop('follow_dev', 'follow_uat', 'follow_staging')
    }

    /** Runs with so many tables side by side; wp_5_last is read only when nobody holds the lock "follow". */
    private static int run(Wfumig wfumig, TestServer server, int chunks) {
        server.load('follow_uat', 'uat')
        wfumig.call('run', wfumig.plan("""
            migration('follow') {
              ${wfumig.ends(server, 'follow_dev', server, 'follow_uat')}
              staging { schema 'follow_staging' }
              sites { sites 5 }
              tables { where 'wp_5_last', "GET_LOCK('follow', 60) = 1" }
              parallel { chunks $chunks }
            }""").toString(), '--yes')
    }

    private static List<Event> journal(Wfumig wfumig) {
        Journal.read(wfumig.run().resolve('journal.jsonl'))*.event()
    }

    private static boolean anythingStaged(Wfumig wfumig) {
        if (!Files.isDirectory(wfumig.state)) return false
        Files.walk(wfumig.state).withCloseable { files ->
            files.filter { it.fileName.toString() == 'journal.jsonl' }.toList()
        }.any { Path journal -> Files.readAllLines(journal).any { it.contains('"event":"chunks-done"') && it.contains(STAGE) } }
    }

    def 'what is exported is staged before the export is done, and the target ends as when one table follows the other'() {
        given:
        def wfumig = new Wfumig()
        def holder = server.connect()
        holder.createStatement().execute("SELECT GET_LOCK('follow', 0)")
        def release = Thread.start {
            long until = System.nanoTime() + 20_000_000_000
            while (System.nanoTime() < until && !anythingStaged(wfumig)) Thread.sleep(5)
            holder.close()
        }

        when: 'an export cannot come to its end before something of it is staged'
        int code = run(wfumig, server, 2)
        release.join()
        def side = RunEnd.picture(server, ['follow_uat'])
        def events = journal(wfumig)

        then:
        code == 0
        def done = events.findIndexOf { it instanceof Event.StepDone && it.step() == EXPORT }
        def staged = events.findIndexOf { it instanceof Event.ChunksDone && it.step() == STAGE }
        staged in 0..<done
        events.findIndexOf { it instanceof Event.StepDone && it.step() == STAGE } > done
        events[done].facts().snapshot == '2 readers share one snapshot'

        and: 'a chunk is staged only when the ledger has it as exported'
        def rows = [:].withDefault { 0 }
        events.findAll { it instanceof Event.ChunksDone }.each { event ->
            event.chunks().findAll { it.length() > 0 }.each { rows[[event.step(), it.table()]] += it.digest().rows() }
            event.chunks().each { assert rows[[STAGE, it.table()]] <= rows[[EXPORT, it.table()]] }
        }
        rows[[EXPORT, 'wp_5_big']] == 7000
        rows[[EXPORT, 'wp_5_without_key']] == 3000

        when:
        code = run(new Wfumig(), server, 1)

        then:
        code == 0
        RunEnd.picture(server, ['follow_uat']) == side
        side.size() > 20
        server.rows('SELECT COUNT(*), MAX(b) FROM follow_uat.wp_5_big') == [['7000', '7000']]

        cleanup:
        holder?.close()
    }
}
