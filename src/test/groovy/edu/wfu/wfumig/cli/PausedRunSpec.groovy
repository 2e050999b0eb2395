package edu.wfu.wfumig.cli

import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Victim
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification

/** A run in a JVM of its own that is stopped by SIGSTOP, as a laptop that sleeps, and woken when it is too late. */
@Requires({ os.linux })
class PausedRunSpec extends Specification {
    static final List<String> SCHEMAS = ['zombie_uat', 'zombie_staging']
    @Shared TestServer server = TestServer.embedded()
    Wfumig wfumig = new Wfumig()
    Victim paused

    def setup() {
        server.drop('zombie_staging')
        server.load('zombie_dev', 'dev')
        server.load('zombie_uat', 'uat')
    }

    def cleanup() {
        paused?.killedAfter(0)
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

    /** Starts a run that stops when its journal has so many events and nothing of it is on the way to the server. */
    private void pausedAfter(int events, int lease) {
        paused([deed: 'stop', when: 'after', event: events], lease)
    }

    /** Starts a run that stops at a door. */
    private void paused(Map<String, ?> door, int lease) {
        wfumig.environment.WFUMIG_LEASE_SECONDS = lease.toString()
        paused = new Victim(wfumig, ['run', plan(wfumig, 'sites 5, 22, 43'), '--yes'], door)
        wfumig.environment.remove('WFUMIG_LEASE_SECONDS')
        def state = Path.of('/proc', paused.pid().toString(), 'stat')
        while (paused.alive() && Files.readString(state).split(/\) /)[1][0] != 'T') sleep 20
        assert paused.alive()
    }

    private void wakesAndSaysSo() {
        assert new ProcessBuilder('kill', '-CONT', paused.pid().toString()).start().waitFor() == 0
        assert paused.end() == 5
        assert paused.said().contains("run ${wfumig.runId()} on ")
        assert paused.said().contains('has lost its lock of zombie_uat')
    }

    def 'a run that slept for longer than its lease #where writes nothing when it wakes: another one came'() {
        given:
        paused(door, 4)
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

        where: 'in the middle, and between the answer that the lock is held and the table that is then made'
        where                      | door
        'after 6 events'           | [deed: 'stop', when: 'after', event: 6]
        'after 13 events'          | [deed: 'stop', when: 'after', event: 13]
        'before its first table'   | [definition: 1]
        'before its 3rd table'     | [definition: 3]
        'before its 12th table'    | [definition: 12]
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
