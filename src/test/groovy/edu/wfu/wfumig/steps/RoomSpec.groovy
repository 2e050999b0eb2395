package edu.wfu.wfumig.steps

import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.CountDownLatch
import java.util.concurrent.CyclicBarrier
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger
import spock.lang.Specification

/** The memory that chunks may take, all of them together. */
class RoomSpec extends Specification {
    static final int MB = 1 << 20
    private final List<Thread> threads = []
    private final Map<Thread, Throwable> failed = new ConcurrentHashMap<>()

    private void inParallel(Closure work) {
        def thread = new Thread({
            try {
                work()
            } catch (Throwable e) {
                failed[Thread.currentThread()] = e
            }
        })
        thread.daemon = true
        threads << thread
        thread.start()
    }

    /** False when somebody still waits. */
    private boolean allEnd() {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(5)
        threads.each { it.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime()))) }
        assert failed.isEmpty()
        threads.every { !it.alive }
    }

    private static boolean waits(Thread thread) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10)
        while (!(thread.state in [Thread.State.WAITING, Thread.State.TIMED_WAITING])) {
            if (!thread.alive || System.nanoTime() > until) return false
            Thread.onSpinWait()
        }
        true
    }

    def 'in #all MB there is room for #fit ordinary chunks; who comes later waits until one is given back'() {
        given:
        def room = new Room(all)
        def places = (1..fit).collect { room.take({}) }
        def got = new CountDownLatch(1)

        when:
        inParallel { room.take({}).withCloseable { got.countDown() } }

        then:
        waits(threads[0])
        got.count == 1

        when:
        places[0].close()

        then:
        allEnd()
        got.count == 0

        where:
        all || fit
        0   || 1 // less than one chunk there never is
        12  || 1
        23  || 1
        24  || 2
        176 || 14
    }

    def 'what is taken by many, of any size, never exceeds what there is, and all of it is given back'() {
        given:
        def room = new Room(60)
        def taken = new AtomicInteger()
        def most = new AtomicInteger()
        def holds = { int mine ->
            most.accumulateAndGet(taken.addAndGet(mine), Math::max)
            Thread.yield()
            taken.addAndGet(-mine)
        }

        when:
        6.times { int number ->
            inParallel {
                def dice = new Random(number)
                200.times {
                    int raw = dice.nextInt(10 * MB)
                    (dice.nextBoolean() ? room.take({}) : room.take(raw, {})).withCloseable { place ->
                        holds(place.@taken)
                        place.fit(dice.nextInt(20 * MB))
                        holds(place.@taken)
                    }
                }
            }
        }

        then:
        allEnd()
        most.get() in 12..60
        room.@free.availablePermits() == 60
    }

    def 'a chunk of #raw bytes takes #megabytes of 100 MB'() {
        given:
        def room = new Room(100)
        def left = []

        when:
        inParallel {
            room.take(raw, {}).withCloseable { left << room.@free.availablePermits() }
            room.take({}).withCloseable { place ->
                place.fit(raw)
                left << room.@free.availablePermits()
                place.fit(100) // an ordinary one after that
                left << room.@free.availablePermits()
            }
        }

        then:
        allEnd()
        left == [100 - megabytes, 100 - megabytes, 100 - 12]

        where:
        raw               || megabytes
        0                 || 12
        4 * MB + 60_000   || 12 // a full chunk and the row that filled it
        5 * MB            || 26
        10 * MB           || 51
        35 * MB           || 100
    }

    def 'a large row waits until it is alone, and while it is there nobody else gets in'() {
        given:
        def room = new Room(60)
        def others = (1..2).collect { room.take({}) }
        def alone = new CountDownLatch(1)
        def goOn = new CountDownLatch(1)

        when:
        inParallel {
            room.take({}).withCloseable { place ->
                place.fit(25L * MB)
                alone.countDown()
                goOn.await()
            }
        }

        then:
        waits(threads[0])
        alone.count == 1

        when:
        others[0].close()

        then:
        alone.count == 1
        waits(threads[0])
        alone.count == 1

        when:
        others[1].close()
        alone.await(10, TimeUnit.SECONDS)
        inParallel { room.take({}).close() }

        then:
        alone.count == 0
        waits(threads[1])

        when:
        goOn.countDown()

        then:
        allEnd()
    }

    def 'several that grow at the same time do not wait for each other for ever'() {
        given:
        def room = new Room(all)
        def together = new CyclicBarrier(growing)

        when:
        growing.times {
            inParallel {
                room.take({}).withCloseable { place ->
                    together.await(10, TimeUnit.SECONDS)
                    place.fit(to as long)
                }
            }
        }

        then:
        allEnd()
        room.@free.availablePermits() == all

        where:
        all | growing | to
        24  | 2       | 20 * MB
        36  | 3       | 20 * MB
        40  | 3       | 5 * MB
    }

    def 'a row that cannot fit is refused with the heap that it needs'() {
        when:
        new Room(176).take(64 * MB, {})

        then:
        def refusal = thrown(edu.wfu.wfumig.Refusal)
        refusal.message.contains('a row of 64.0 MB does not fit in memory')
        refusal.message.contains('WFUMIG_HEAP=512m wfumig resume')
    }
}
