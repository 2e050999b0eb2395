package edu.wfu.wfumig.lock

import edu.wfu.wfumig.Refusal
import edu.wfu.wfumig.database.Database
import edu.wfu.wfumig.database.ServerLock
import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import java.nio.charset.StandardCharsets
import java.time.Duration
import java.util.concurrent.Callable
import java.util.concurrent.CyclicBarrier
import java.util.concurrent.Executors
import spock.lang.Shared
import spock.lang.Specification
import spock.util.concurrent.PollingConditions

/** What a lock of a target must hold on every server. */
abstract class LockContract extends Specification {
    static final Duration LEASE = Duration.ofSeconds(60)
    @Shared TestServer server = server()

    abstract TestServer server()

    def setupSpec() {
        server.drop('lock_uat', 'lock_dev')
        server.sql('CREATE DATABASE lock_uat; CREATE TABLE lock_uat.t (id INT PRIMARY KEY)')
    }

    def setup() {
        server.sql('DROP TABLE IF EXISTS lock_uat.wfumig_lock')
    }

    def cleanupSpec() {
        server.drop('lock_uat', 'lock_dev')
    }

    private ServerLock take(Database database = server.database(), String who = 'a run', Duration lease = LEASE) {
        TargetLock.take(database, 'somewhere', 'lock_uat', Owner.here(who), lease)
    }

    private ServerLock takeOrNull(String who) {
        try {
            take(server.database(), who)
        } catch (Refusal refusal) {
            assert refusal.kind() == Refusal.Kind.LOCKED
            null
        }
    }

    /** A killed connection gives its locks back a moment later. */
    private ServerLock takeSoon(String who) {
        for (int tried = 0; tried < 100; tried++) {
            def lock = takeOrNull(who)
            if (lock != null) return lock
            sleep 50
        }
        throw new AssertionError('the lock was not given back')
    }

    private String connection() {
        server.rows("SELECT connection FROM lock_uat.wfumig_lock")[0][0]
    }

    private List<String> tables() {
        server.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'lock_uat'")*.get(0)
    }

    def 'twenty contenders for one target: one owner in each of two hundred rounds'() {
        given:
        def pool = Executors.newFixedThreadPool(20)
        def start = new CyclicBarrier(20)

        when:
        def rounds = (1..200).collect { round ->
            def contenders = (1..20).collect { number ->
                pool.submit({ start.await(); takeOrNull("contender $number") } as Callable<ServerLock>)
            }
            def owners = contenders*.get().findAll()
            def told = owners ? [owners.size(), owners[0].held(), owners[0].token()] : [0]
            owners*.close()
            told
        }

        then: 'always one, which the server confirms, and with a number above all before'
        rounds*.take(2).toSet() == [[1, true]] as Set
        rounds*.get(2) == rounds*.get(2).toSorted()
        rounds*.get(2).toSet().size() == 200

        and: 'nothing is left'
        tables() == ['t']

        cleanup:
        pool.shutdownNow()
    }

    def 'who is refused learns who holds the target'() {
        given:
        def lock = take(server.database(), 'run weekly-2026-11-20T09-12-44')

        when:
        take()

        then:
        def refusal = thrown(Refusal)
        refusal.kind() == Refusal.Kind.LOCKED
        refusal.message.contains('another run holds the target: run weekly-2026-11-20T09-12-44 on ')
        refusal.message.contains(", process ${ProcessHandle.current().pid()}, connection ${connection()} of its server")

        cleanup:
        lock.close()
    }

    def 'an owner whose connection ended is free at once; its successor has a higher number and knows of it'() {
        given:
        def dead = take(server.database(), 'run that died')

        when:
        server.sql("KILL CONNECTION ${connection()}")
        ServerLock next = takeSoon('run that came')

        then:
        next.token() > dead.token()
        next.predecessor().startsWith('run that died on ')
        next.held()
        !dead.held()

        when: 'the dead one is tidied away late'
        dead.close()

        then: 'the living one does not notice'
        next.held()
        tables().contains('wfumig_lock')

        cleanup:
        next?.close()
    }

    def 'a silent owner is put out when its lease has ended, and what it had open to write with is ended too'() {
        given:
        def database = server.database()
        def silent = take(database, 'run that sleeps', Duration.ofSeconds(1))
        def editor = database.editor()
        def loader = database.loader('lock_uat')
        editor.update('INSERT INTO lock_uat.t VALUES (1)', [])
        fallSilent()

        expect: 'not before its time'
        takeOrNull('run that is early') == null

        when:
        sleep 1100
        def next = take()

        then:
        next.predecessor().startsWith('run that sleeps on ')
        !silent.held()

        when: 'it wakes'
        refused { editor.update('INSERT INTO lock_uat.t VALUES (2)', []) }
        refused { rows(loader) }
        refused { database.editor().withCloseable { it.update('INSERT INTO lock_uat.t VALUES (4)', []) } }
        refused { database.loader('lock_uat').withCloseable { rows(it) } }

        then:
        server.rows('SELECT id FROM lock_uat.t') == [['1']]
        next.held()

        cleanup:
        next?.close()
        silent.close()
        server.sql('DELETE FROM lock_uat.t')
    }

    private static void rows(loader) {
        def text = '(3),\n(5);\n'.getBytes(StandardCharsets.US_ASCII)
        loader.load('t', ['id'], true, text, 0, text.length, 2)
    }

    private static void refused(Closure write) {
        try {
            write.call()
        } catch (Refusal expected) {
            return
        }
        throw new AssertionError('it was written')
    }

    /** Ends what renews leases in this JVM: what SIGSTOP does to an owner. */
    private static void fallSilent() {
        Thread.allStackTraces.keySet().findAll { it.name == 'lease' }.each { it.interrupt(); it.join() }
    }

    def 'a lease that ended is not renewed and nothing is written under it, though nobody has come'() {
        given:
        def database = server.database()
        def lock = take(database, 'a run', Duration.ofSeconds(1))
        def loader = database.loader('lock_uat')
        fallSilent()
        sleep 1100
        boolean told = false
        lock.whenLost { told = true }

        when:
        rows(loader)

        then:
        def refusal = thrown(Refusal)
        refusal.kind() == Refusal.Kind.LOCKED
        refusal.message.contains('has lost its lock of lock_uat')
        told
        server.rows('SELECT COUNT(*) FROM lock_uat.t') == [['0']]

        cleanup:
        loader.close()
        lock.close()
    }

    def 'a lock whose connection was ended is missed before the next write, and by itself'() {
        given:
        def database = server.database()
        def lock = take(database, 'a run', Duration.ofSeconds(2))
        def editor = database.editor()
        def lost = new java.util.concurrent.CountDownLatch(1)
        lock.whenLost { lost.countDown() }
        server.sql("KILL CONNECTION ${connection()}")

        when:
        new PollingConditions(timeout: 5).eventually { assert server.rows('SELECT IS_USED_LOCK(name) FROM lock_uat.wfumig_lock') == [[null]] }
        editor.update('INSERT INTO lock_uat.t VALUES (1)', [])

        then:
        def refusal = thrown(Refusal)
        refusal.kind() == Refusal.Kind.LOCKED
        server.rows('SELECT COUNT(*) FROM lock_uat.t') == [['0']]
        lost.await(3, java.util.concurrent.TimeUnit.SECONDS)

        cleanup:
        editor.close()
        lock.close()
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
        server.sql("KILL CONNECTION ${connection()}")

        expect:
        new PollingConditions(timeout: 5).eventually { assert wfumig.call('unlock', plan) == 0 }
        wfumig.out.contains('uat is free: what run nightly on ')
        tables() == ['t']
    }
}
