package edu.wfu.wfumig.lock

import edu.wfu.wfumig.Refusal
import edu.wfu.wfumig.database.Database
import edu.wfu.wfumig.database.ServerLock
import java.time.Duration
import java.util.concurrent.Callable
import java.util.concurrent.CyclicBarrier
import java.util.concurrent.Executors
import spock.lang.Specification
import spock.util.concurrent.PollingConditions

/** What a lock of a target must hold on every server. */
abstract class LockContract extends Specification {
    static final Duration LEASE = Duration.ofSeconds(60)

    abstract Database database()

    abstract void sql(String statement)

    abstract List<List<String>> rows(String query)

    abstract void kill(String connection)

    /** A condition on a row of the lease's table: nobody has its lock. */
    abstract String free()

    /** What loads these rows into table t. */
    abstract AutoCloseable openLoader(Database database)

    abstract void load(AutoCloseable loader)

    /** How often twenty connections are opened at once; where that is slow, less often. */
    int times() { 200 }

    def setup() {
        sql('DROP TABLE IF EXISTS lock_uat.wfumig_lock')
    }

    protected ServerLock take(Database database = database(), String who = 'a run', Duration lease = LEASE) {
        TargetLock.take(database, 'somewhere', 'lock_uat', Owner.here(who), lease)
    }

    private ServerLock takeOrNull(String who) {
        try {
            take(database(), who)
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

    protected String connection() {
        rows("SELECT connection FROM lock_uat.wfumig_lock")[0][0]
    }

    protected List<String> tables() {
        rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'lock_uat'")*.get(0)
    }

    def 'twenty contenders for one target: one owner in each of many rounds'() {
        given:
        def pool = Executors.newFixedThreadPool(20)
        def start = new CyclicBarrier(20)

        when:
        def rounds = (1..times()).collect { round ->
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
        rounds*.get(2).toSet().size() == times()

        and: 'nothing is left'
        tables() == ['t']

        cleanup:
        pool.shutdownNow()
    }

    def 'who is refused learns who holds the target'() {
        given:
        def lock = take(database(), 'run weekly-2026-11-20T09-12-44')

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
        def dead = take(database(), 'run that died')

        when:
        kill(connection())
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
        def database = this.database()
        def silent = take(database, 'run that sleeps', Duration.ofSeconds(1))
        def editor = database.editor()
        def loader = openLoader(database)
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
        refused { load(loader) }
        refused { database.editor().withCloseable { it.update('INSERT INTO lock_uat.t VALUES (4)', []) } }
        refused { openLoader(database).withCloseable { load(it) } }

        then:
        rows('SELECT id FROM lock_uat.t') == [['1']]
        next.held()

        cleanup:
        next?.close()
        silent.close()
        sql('DELETE FROM lock_uat.t')
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
        def database = this.database()
        def lock = take(database, 'a run', Duration.ofSeconds(1))
        def loader = openLoader(database)
        fallSilent()
        sleep 1100
        boolean told = false
        lock.whenLost { told = true }

        when:
        load(loader)

        then:
        def refusal = thrown(Refusal)
        refusal.kind() == Refusal.Kind.LOCKED
        refusal.message.contains('has lost its lock of lock_uat')
        told
        rows('SELECT COUNT(*) FROM lock_uat.t') == [['0']]

        cleanup:
        loader.close()
        lock.close()
    }

    def 'a lock whose connection was ended is missed before the next write, and by itself'() {
        given:
        def database = this.database()
        def lock = take(database, 'a run', Duration.ofSeconds(2))
        def editor = database.editor()
        def lost = new java.util.concurrent.CountDownLatch(1)
        lock.whenLost { lost.countDown() }
        kill(connection())

        when:
        new PollingConditions(timeout: 5).eventually { assert rows("SELECT COUNT(*) FROM lock_uat.wfumig_lock WHERE ${free()}") == [['1']] }
        editor.update('INSERT INTO lock_uat.t VALUES (1)', [])

        then:
        def refusal = thrown(Refusal)
        refusal.kind() == Refusal.Kind.LOCKED
        rows('SELECT COUNT(*) FROM lock_uat.t') == [['0']]
        lost.await(3, java.util.concurrent.TimeUnit.SECONDS)

        cleanup:
        editor.close()
        lock.close()
    }
}
