package edu.wfu.wfumig.steps

import edu.wfu.wfumig.Problem
import edu.wfu.wfumig.Refusal
import edu.wfu.wfumig.database.ServerLoad
import edu.wfu.wfumig.executor.Pulse
import edu.wfu.wfumig.plan.Throttle
import edu.wfu.wfumig.support.FakeBrake.Clock
import edu.wfu.wfumig.support.FakeBrake.Gauge
import edu.wfu.wfumig.support.FakeBrake.Listener
import java.time.Duration
import java.util.concurrent.Callable
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import spock.lang.Specification

/** The brake with a clock that moves only when somebody sleeps. */
class BrakeSpec extends Specification {
    static final long MILLI = 1_000_000
    def clock = new Clock()
    def pulse = new Listener()

    private Brake rows(long most) {
        new Brake(new Throttle(most, null, null), null, 'dev', clock)
    }

    private Brake watching(Gauge gauge, Integer threads, Integer lag = null) {
        new Brake(new Throttle(null, threads, lag == null ? null : Duration.ofSeconds(lag)), gauge, 'dev', clock)
    }

    def '#calls calls of #each rows at #most a second take #millis ms'() {
        given:
        def brake = rows(most)

        when:
        calls.times { brake.passed(each, pulse) }

        then:
        clock.slept == millis * MILLI
        pulse.log == []

        where:
        calls | each | most   || millis
        0     | 0    | 100    || 0
        1     | 100  | 100    || 1_000
        100   | 1    | 100    || 1_000
        10    | 500  | 20_000 || 250
        5_000 | 1    | 20_000 || 250
        3     | 1    | 1      || 3_000
        1     | 199  | 20_000 || 0 // less than 10 ms: not worth falling asleep for
        1     | 200  | 20_000 || 10
        1     | 1    | Long.MAX_VALUE || 0
    }

    def 'rows that took #took ms to read are paid with that time, and what is left over is worth 250 ms at most'() {
        given:
        def brake = rows(1_000)
        clock.passes(took)

        when:
        brake.passed(1_000, pulse)

        then:
        clock.slept == waits * MILLI

        where:
        took   || waits
        0      || 1_000
        100    || 900
        250    || 750
        60_000 || 750
    }

    def 'the limit holds for all threads together'() {
        given:
        def brake = rows(1_000)
        def threads = Executors.newFixedThreadPool(4)
        def start = new CountDownLatch(1)

        when:
        def ended = (1..4).collect {
            threads.submit({ start.await(); 500.times { brake.passed(2, pulse) } } as Callable)
        }
        start.countDown()
        ended*.get()

        then:
        clock.nanos() >= 3_990 * MILLI

        cleanup:
        threads.shutdownNow()
    }

    def 'without limits nobody waits, and nobody is asked'() {
        when:
        1_000.times { Brake.OFF.passed(1_000_000, pulse) }

        then:
        pulse.log == [] && pulse.beats == 0
    }

    def 'reading pauses with #loads until it may go on, and says so once: #why'() {
        given:
        def gauge = new Gauge(loads + quiet)
        def brake = watching(gauge, 50, 5)

        when:
        5.times { brake.passed(300, pulse) }

        then:
        pulse.log == ["waits: $why".toString(), 'goes on']
        gauge.asked == loads.size() + 1
        clock.slept == loads.size() * 1_000 * MILLI

        where:
        loads                                     || why
        [load(60), load(60)]                      || '60 threads run on dev, the plan allows 50'
        [load(51), load(99), load(51)]            || '51 threads run on dev, the plan allows 50'
        [load(1, true, 6)]                        || 'dev is 6.0 s behind, the plan allows 5.0 s'
        [load(1, true, null)]                     || 'replication of dev stands still, so nobody knows how far it is behind, the plan allows 5.0 s'
        [load(60, true, 100), load(3, true, 100)] || '60 threads run on dev, the plan allows 50'
        quiet = load(50, true, 5)
    }

    private static ServerLoad load(long threads, boolean replica = false, Integer lag = 0) {
        new ServerLoad(threads, replica, lag == null ? null : Duration.ofSeconds(lag))
    }

    def 'the source is asked at most once a second, however often rows pass'() {
        given:
        def gauge = new Gauge([load(3)])
        def brake = watching(gauge, 50)

        when:
        100.times {
            brake.passed(1, pulse)
            clock.passes(45)
        }

        then:
        gauge.asked == 5
        clock.slept == 0
    }

    def 'threads of one step say once together that they wait, and that they go on'() {
        given:
        def gauge = new Gauge([load(60)] * 40 + load(1))
        def brake = watching(gauge, 50)
        def threads = Executors.newFixedThreadPool(4)

        when:
        (1..4).collect { threads.submit({ brake.passed(1, pulse) } as Callable) }*.get()

        then:
        pulse.log.count { it.startsWith('waits: 60 threads') } == 1
        gauge.together == 1

        cleanup:
        threads.shutdownNow()
    }

    def 'a run that is to stop does not wait to its end, be it for #what'() {
        given:
        pulse.stopsAfter = 2

        when:
        make(this).passed(1_000_000, pulse)

        then:
        thrown(Pulse.Stopped)
        clock.slept <= 3 * 200 * MILLI
        !pulse.log.contains('goes on')

        where:
        what           | make
        'rows'         | { BrakeSpec spec -> spec.rows(1) }
        'other people' | { BrakeSpec spec -> spec.watching(new Gauge([load(60)]), 50) }
    }

    def 'a source that cannot be asked is the step\'s failure, and the next attempt asks again'() {
        given:
        def lost = new Refusal(Refusal.Kind.PASSING, Problem.of('gone', '', '', ''))
        def gauge = new Gauge([lost, load(3)])
        def brake = watching(gauge, 50)

        when:
        brake.passed(1, pulse)

        then:
        thrown(Refusal)

        when:
        brake.passed(1, pulse)

        then:
        gauge.asked == 2
    }

    def 'a source that is no replica is told about once, before the run reads'() {
        when:
        watching(new Gauge([load]), 50, lag).introduce(pulse)

        then:
        pulse.log == said

        where:
        load                                        | lag  || said
        new ServerLoad(1, false, Duration.ZERO)     | 5    || ['dev is no replica: it is never behind, and replicaLag never pauses']
        new ServerLoad(1, true, Duration.ZERO)      | 5    || []
        new ServerLoad(1, false, Duration.ZERO)     | null || []
    }
}
