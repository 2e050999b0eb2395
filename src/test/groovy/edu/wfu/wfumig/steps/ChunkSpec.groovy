package edu.wfu.wfumig.steps

import com.fasterxml.jackson.databind.ObjectMapper
import edu.wfu.wfumig.support.DumpText
import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Victim
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Shared
import spock.lang.Specification

/** Runs that are killed in the middle of a table go on at the next chunk. */
class ChunkSpec extends Specification {
    static final JSON = new ObjectMapper()
    @Shared TestServer server = TestServer.embedded()
    @Shared Map<String, String> undisturbed
    @Shared Map<String, Map<String, String>> dumps
    @Shared int chunks
    Wfumig wfumig = new Wfumig()

    def setupSpec() {
        server.load('chunk_dev', 'dev')
        server.sql('''
            CREATE TABLE wp_5_big (a INT, b BIGINT UNSIGNED, t LONGTEXT, PRIMARY KEY (a, b), KEY by_b (b), KEY by_text (t(20)));
            INSERT INTO wp_5_big SELECT seq DIV 100, seq, CONCAT('http://dev.wfu.test/', seq, REPEAT(' text', 250)) FROM seq_1_to_32000;
            CREATE TABLE wp_5_keyed_by_text (k VARCHAR(40) PRIMARY KEY, t LONGTEXT);
            INSERT INTO wp_5_keyed_by_text SELECT CONCAT('k', seq), REPEAT(' more', 300) FROM seq_1_to_6000;
            CREATE TABLE wp_5_without_key (t LONGTEXT);
            INSERT INTO wp_5_without_key SELECT CONCAT('http://dev.wfu.test/', REPEAT(' last', 300)) FROM seq_1_to_6000''', 'chunk_dev')
        fresh()
        def wfumig = new Wfumig()
        assert wfumig.call('run', plan(wfumig), '--yes') == 0
        assert Files.readString(wfumig.run().resolve('logs/site-5.log')).contains('keys of wp_5_big are made when their rows are in')
        undisturbed = target()
        dumps = dumps(wfumig)
        chunks = events(wfumig.run())
        assert chunks >= 16
        assert dumps.size() == 3
    }

    def cleanupSpec() {
        server.drop('chunk_dev', 'chunk_uat', 'chunk_staging')
    }

    private void fresh() {
        server.load('chunk_uat', 'uat')
        server.sql('''
            CREATE TABLE wp_5_big (a INT PRIMARY KEY, t LONGTEXT);
            INSERT INTO wp_5_big SELECT seq, REPEAT(' old', 300) FROM seq_1_to_9000''', 'chunk_uat')
    }

    private String plan(Wfumig wfumig) {
        wfumig.plan("""
            migration('chunks') {
              ${wfumig.ends(server, 'chunk_dev', server, 'chunk_uat')}
              staging { schema 'chunk_staging' }
              sites { sites 5 }
              backup { dump() }
              archive { directory '${wfumig.home.resolve('archive')}' }
            }""").toString()
    }

    private Map<String, String> target() {
        server.picture(['chunk_uat']).findAll { !it.key.startsWith('chunk_uat.wfumig_') }
    }

    /** What each archived dump restores. */
    private static Map<String, Map<String, String>> dumps(Wfumig wfumig) {
        Files.walk(wfumig.home.resolve('archive')).withCloseable { files ->
            files.filter { it.toString().endsWith('.zst') }.toList().collectEntries {
                [it.fileName.toString(), DumpText.of(it)]
            }
        }
    }

    private static int events(Path run) {
        Files.readAllLines(run.resolve('journal.jsonl')).count { it.contains('"event":"chunks-done"') }
    }

    /** Whether one of the chunks is of a table behind whose last row a resume can go on; which table is first is a race. */
    private static boolean keeps(Path run) {
        Files.readAllLines(run.resolve('journal.jsonl')).any { it.contains('"event":"chunks-done"') && it.contains('"table":"wp_5_big"') }
    }

    /** Kills a run behind so many chunks. */
    private void kill(String file, int after) {
        kill(file) { Files.isDirectory(wfumig.state) && wfumig.runs() && events(wfumig.run()) >= after && keeps(wfumig.run()) }
    }

    /** Kills a run as soon as something is so; says whether it still ran then. */
    private boolean kill(String file, Closure moment) {
        new Victim(wfumig, ['run', file, '--yes']).killedWhen(moment)
    }

    def 'killed behind chunk #after, a resume goes on in the same dumps and ends where an undisturbed run ends'() {
        given:
        fresh()

        when:
        kill(plan(wfumig), after)
        def journal = Files.readAllLines(wfumig.run().resolve('journal.jsonl')).collect { new ObjectMapper().readValue(it, Map).data }
        def done = journal.findAll { it.event == 'step-done' }*.step
        // The first chunks may all be of the table without a key, and a step may be done when the kill comes.
        boolean kept = journal.any { it.event == 'chunks-done' && !(it.step in done) && it.chunks.any { chunk -> chunk.last || chunk.complete } }

        then:
        wfumig.call('resume') == 0
        target() == undisturbed
        dumps(wfumig) == dumps
        Files.readString(wfumig.run().resolve('logs/site-5.log')).contains('goes on behind') == kept
        events(wfumig.run()) <= chunks + 4 // a table without a cursor begins anew, with at most so many chunks
        server.rows("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'chunk_staging' AND table_name <> 'wfumig_staged'") == [['0']]

        where:
        after << [2, 16]
    }

    def 'killed while the keys of a large table are made, a resume ends with all of them'() {
        given:
        fresh()
        def making = "SELECT 1 FROM information_schema.processlist WHERE info LIKE 'ALTER TABLE %ADD KEY%' AND id <> CONNECTION_ID()"

        when:
        boolean killed = kill(plan(wfumig)) { server.rows(making) }

        then:
        killed
        wfumig.call('resume') == 0
        target() == undisturbed
    }

    def 'a table whose definition changed meanwhile is read anew'() {
        given:
        fresh()

        when:
        // Slow enough for the kill to come while the table is read.
        def slow = Path.of(plan(wfumig))
        Files.writeString(slow, Files.readString(slow).replaceFirst(/sites \{/, 'throttle { maxRowsPerSecond 8000 }\nsites {'))
        kill(slow.toString(), 2)
        server.sql('ALTER TABLE wp_5_big COMMENT = "changed"', 'chunk_dev')

        then:
        wfumig.call('resume') == 0
        server.rows('SELECT COUNT(*), MAX(b) FROM chunk_uat.wp_5_big') == [['32000', '32000']]
        server.rows("SELECT table_comment FROM information_schema.tables WHERE table_schema = 'chunk_uat' AND table_name = 'wp_5_big'") == [['changed']]

        cleanup:
        server.sql('ALTER TABLE wp_5_big COMMENT = ""', 'chunk_dev')
    }
}
