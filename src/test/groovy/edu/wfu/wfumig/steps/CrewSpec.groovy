package edu.wfu.wfumig.steps

import edu.wfu.wfumig.Problem
import edu.wfu.wfumig.Refusal
import edu.wfu.wfumig.executor.Pulse
import edu.wfu.wfumig.support.FakePulse
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import spock.lang.Specification

/** Threads that share the tables of a step. */
class CrewSpec extends Specification {
    def pulse = new FakePulse()

    /** Waits for what must happen; whoever waits in vain says so. */
    private static void await(CountDownLatch latch) {
        if (!latch.await(10, TimeUnit.SECONDS)) throw new IllegalStateException('waited in vain')
    }

    def '#tables tables are done once each, by #used of #tools tools at the same time'() {
        given:
        def wanted = (1..tables).collect { "table $it".toString() }
        def done = new ConcurrentLinkedQueue<String>()
        def by = new ConcurrentHashMap<String, Thread>()
        def together = new CountDownLatch(used)

        when:
        Crew.share(pulse, (1..tools).collect { "tool $it".toString() }, wanted, { String tool, String table, Crew crew ->
            if (by.put(tool, Thread.currentThread()) == null) together.countDown()
            await(together)
            done << table
            crew.moved(1, 1)
        } as Crew.Job)

        then:
        done.toSorted() == wanted.toSorted()
        by.size() == used
        by.values().toSet().size() == used
        by['tool 1'] == Thread.currentThread()
        pulse.beats == tables

        where:
        tools | tables || used
        2     | 7      || 2
        3     | 3      || 3
        4     | 2      || 2
        2     | 1      || 1
    }

    def 'one tool works through the tables in their order, on the step\'s own thread'() {
        given:
        def seen = []

        when:
        Crew.share(pulse, ['tool'], ['a', 'b', 'c'], { String tool, String table, Crew crew -> seen << [table, Thread.currentThread()] } as Crew.Job)

        then:
        seen == ['a', 'b', 'c'].collect { [it, Thread.currentThread()] }
    }

    def 'without tables there is nothing to do'() {
        when:
        Crew.share(pulse, ['tool 1', 'tool 2'], [], { String tool, String table, Crew crew -> throw new IllegalStateException() } as Crew.Job)

        then:
        noExceptionThrown()
    }

    def 'what #who meets first, #why.class.simpleName, stops the other at its next safe moment, and the step fails with it'() {
        given:
        def begun = new ConcurrentLinkedQueue<String>()
        def both = new CountDownLatch(2)
        Throwable met = null
        Throwable stopped = null

        when:
        try {
            Crew.share(pulse, ['own', 'other'], ['a', 'b', 'c', 'd'], { String tool, String table, Crew crew ->
                begun << table
                both.countDown()
                await(both)
                if (tool == who) throw why
                long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(2)
                try {
                    while (System.nanoTime() < until) crew.moved(0, 0)
                } catch (Pulse.Stopped e) {
                    stopped = e
                    throw new IllegalStateException('a second failure, because the first one stopped it')
                }
            } as Crew.Job)
        } catch (Throwable e) {
            met = e
        }

        then:
        met.is(why)
        stopped != null
        begun.toSorted() == ['a', 'b']

        where:
        [who, why] << [['own', 'other'], [new IllegalStateException('broken'), new IOException('disk'), new StackOverflowError(), new NoClassDefFoundError(), new AssertionError((Object) 'never')]].combinations()
    }

    def 'when the run is to stop, all stop, and the step ends as stopped'() {
        given:
        pulse.stopsAfter = 100
        def left = new ConcurrentLinkedQueue<String>()

        when:
        Crew.share(pulse, ['own', 'other'], ['a', 'b', 'c'], { String tool, String table, Crew crew ->
            try {
                while (true) crew.moved(0, 0)
            } finally {
                left << table
            }
        } as Crew.Job)

        then:
        thrown(Pulse.Stopped)
        !left.contains('c')
    }

    def 'what may pass is still known as such'() {
        when:
        Crew.share(pulse, ['own'], ['a'], { String tool, String table, Crew crew -> throw new Refusal(Refusal.Kind.PASSING, Problem.of('a moment', '', '', '')) } as Crew.Job)

        then:
        def refusal = thrown(Refusal)
        refusal.kind() == Refusal.Kind.PASSING
    }
}
