package edu.wfu.wfumig.cli

import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification

/** A run in a JVM of its own that is stopped by SIGSTOP, as a laptop that sleeps, and woken when it is too late. */
@Requires({ os.linux || os.macOs })
class PausedRunSpec extends Specification {
    static final List<String> SCHEMAS = ['zombie_uat', 'zombie_staging']
    @Shared TestServer server = TestServer.embedded()
    Wfumig wfumig = new Wfumig()
    Process process

    def setup() {
        server.drop('zombie_staging', 'zombie_uat')
        server.load('zombie_dev', 'dev')
        server.load('zombie_uat', 'uat')
    }

    def cleanup() {
        process?.destroyForcibly()?.waitFor()
    }

    def cleanupSpec() {
        server.drop('zombie_dev', 'zombie_uat', 'zombie_staging')
    }

    private String plan(Wfumig wfumig, String sites) {
        wfumig.plan("""
            migration('zombie') {
              ${wfumig.ends(server, 'zombie_dev', server, 'zombie_uat')}
              staging { schema 'zombie_staging' }
              sites { $sites }
              backup { dump() }
            }""").toString()
    }

    /** Starts a run and stops it as soon as its journal has so many events. */
    private void pausedAfter(int events, int lease) {
        def command = [Path.of(System.getProperty('java.home'), 'bin', 'java').toString(), '-Xmx256m', '-XX:TieredStopAtLevel=1', '-cp', System.getProperty('java.class.path'),
                       'edu.wfu.wfumig.cli.Main', 'run', plan(wfumig, 'sites 5, 22, 43'), '--yes', '--state-dir', wfumig.state.toString()]
        def builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(wfumig.home.resolve('paused.log').toFile())
        builder.environment().putAll(wfumig.environment + [WFUMIG_LEASE_SECONDS: lease.toString()])
        process = builder.start()
        while (process.alive && !(Files.isDirectory(wfumig.state) && count() >= events)) process.waitFor(1, TimeUnit.MILLISECONDS)
        signal('STOP')
        assert process.alive
        // What it had sent before, the server still does: that is no write of one who wakes.
        def busy = "SELECT 1 FROM information_schema.processlist WHERE command = 'Query' AND state NOT LIKE 'Reading%' AND id <> CONNECTION_ID()"
        for (int quiet = 0, looks = 0; quiet < 3 && looks < 100; looks++, quiet = server.rows(busy) ? 0 : quiet + 1) sleep 20
    }

    private int count() {
        def journals = Files.list(wfumig.state).withCloseable { it.toList() }*.resolve('journal.jsonl').findAll { Files.exists(it) }
        journals ? Files.readAllLines(journals[0]).size() : 0
    }

    private void signal(String name) {
        assert new ProcessBuilder('kill', "-$name", process.pid().toString()).start().waitFor() == 0
    }

    private void wakesAndSaysSo() {
        signal('CONT')
        assert process.waitFor(60, TimeUnit.SECONDS)
        assert process.exitValue() == 5
        def log = Files.readString(wfumig.home.resolve('paused.log'))
        assert log.contains("run ${wfumig.runId()} on ")
        assert log.contains('has lost its lock of zombie_uat')
    }

    def 'a run that slept for longer than its lease after #events events writes nothing when it wakes: another one came'() {
        given:
        pausedAfter(events, 4)
        def other = new Wfumig()
        def file = plan(other, 'sites 5, 22')

        expect: 'within the lease it is waited for'
        other.call('run', file, '--yes') == 5
        other.err.contains("another run holds the target: run ${wfumig.runId()} on ")

        when:
        sleep 4100
        def code = other.call('run', file, '--yes')

        then:
        code == 0

        when:
        def after = server.picture(SCHEMAS)
        wakesAndSaysSo()

        then:
        server.picture(SCHEMAS) == after

        and: 'what the other one did can be taken back as ever'
        other.call('rollback') == 0

        where:
        events << [6, 13]
    }

    def 'a run that slept for longer than its lease writes nothing when it wakes, though nobody came; then it resumes'() {
        given:
        pausedAfter(6, 1)
        sleep 1100
        def before = server.picture(SCHEMAS)

        when:
        wakesAndSaysSo()

        then:
        server.picture(SCHEMAS) == before

        and:
        wfumig.call('resume') == 0
        wfumig.out.contains('done and verified, 3 of 3 scopes')
    }

    def 'a run whose lock connection was ended while it slept writes nothing when it wakes'() {
        given:
        pausedAfter(6, 60)
        server.sql("KILL CONNECTION ${server.rows('SELECT connection FROM zombie_uat.wfumig_lock')[0][0]}")
        while (server.rows('SELECT IS_USED_LOCK(name) FROM zombie_uat.wfumig_lock') != [[null]]) sleep 20
        def before = server.picture(SCHEMAS)

        when:
        wakesAndSaysSo()

        then:
        server.picture(SCHEMAS) == before

        and:
        wfumig.call('resume') == 0
    }
}
