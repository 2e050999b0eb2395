package edu.wfu.wfumig.steps

import com.fasterxml.jackson.databind.ObjectMapper
import edu.wfu.wfumig.support.TestPostgres
import edu.wfu.wfumig.support.Victim
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import spock.lang.Shared
import spock.lang.Specification

/** A run that was killed in the middle of a table, and whose source was written to since. */
class ResumePostgresSpec extends Specification {
    @Shared TestPostgres server = TestPostgres.newer()
    Wfumig wfumig = new Wfumig()

    def setup() {
        server.create('resume_a', 'resume_b')
        server.sql(CrashPostgresSpec.LARGE + "CREATE TABLE archon_small (id int PRIMARY KEY, body text); INSERT INTO archon_small VALUES (1, 'old')", 'resume_a')
        wfumig.environment['WFUMIG_SECRET_DB'] = server.password()
    }

    def cleanupSpec() {
        server.drop('resume_a', 'resume_b')
    }

    private String environment(String name) {
        "environment('$name') { postgres { host '${server.host()}'; port ${server.port()}; database 'resume_$name'; user '${server.user()}'; password secret('db') } }"
    }

    /** Slow enough to be killed between the first chunk of the large table, which is read first, and its end. */
    private String plan() {
        wfumig.plan("""
            migration('resume') {
              ${environment('a')}
              ${environment('b')}
              from 'a'
              to   'b'
              tables { include 'archon*' }
              parallel { chunks 1 }
              throttle { maxRowsPerSecond 1000 }
            }""").toString()
    }

    private List<String> journal() {
        def journals = Files.isDirectory(wfumig.state) ? Files.list(wfumig.state).withCloseable { it.toList() }*.resolve('journal.jsonl').findAll { Files.exists(it) } : []
        journals ? Files.readAllLines(journals[0]) : []
    }

    def 'with #options the rest of the table is read #how, and the report says so'() {
        given:
        new Victim(wfumig, ['run', plan(), '--yes']).killedWhen { journal().any { it.contains('"chunks-done"') && it.contains('"tables/export"') } }
        assert !journal().any { it.contains('"step-done"') && it.contains('"tables/export"') }
        server.sql("UPDATE archon_noise SET body = 'later' WHERE id IN (1, 3000); UPDATE archon_small SET body = 'later'", 'resume_a')
        int code = 5
        for (int i = 0; code == 5 && i < 50; i++) {
            code = wfumig.call('resume', *options)
            if (code == 5) Thread.sleep(100)
        }

        expect:
        code == 0
        server.rows("SELECT id FROM archon_noise WHERE body = 'later' ORDER BY id", 'resume_b')*.get(0) == later
        server.value('SELECT body FROM archon_small', 'resume_b') == 'later'
        server.value('SELECT count(*) FROM archon_noise', 'resume_b') == '3000'

        and:
        Files.readString(wfumig.run().resolve('report.txt')).contains("  read: tables $said")
        new ObjectMapper().readTree(wfumig.run().resolve('report.json').toFile()).get('resumed').get('tables').asText().startsWith(said)

        where:
        options              || later         | how                | said
        []                   || ['1', '3000'] | 'anew'             | 'tables that were not complete are read anew, in a new snapshot: archon_noise, archon_small'
        ['--not-consistent'] || ['3000']      | 'behind the chunk' | 'goes on behind '
    }
}
