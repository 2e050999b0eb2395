package edu.wfu.wfumig.steps

import edu.wfu.wfumig.executor.Pulse
import edu.wfu.wfumig.support.FakePulse
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.TimeUnit
import spock.lang.Specification
import spock.lang.Timeout

/** Work that the loader of a table shares with those who find no table left to load. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class BuildsSpec extends Specification {
    final List<List> done = Collections.synchronizedList([])

    private void crew(int width, Closure... works) {
        Crew.share(new FakePulse(), (1..width).toList(), works.toList(), { tool, work, crew -> work(crew) } as Crew.Job)
    }

    private List<Runnable> some(int count, Closure work = { }) {
        (1..count).collect { n -> ({ -> work(n); sleep(5); done << [n, Thread.currentThread().id] } as Runnable) }
    }

    def 'all of it is done once, by #width of the crew, and helpers end with the last table'() {
        given:
        def builds = new Builds(2, { null })
        def owner = { crew -> builds.share(some(20), crew); builds.complete() }
        def other = { crew -> builds.complete() }
        def helper = { crew -> builds.help(crew) }

        when:
        crew(width, *([owner, other] + [helper] * (width - 1)))

        then:
        done*.get(0).sort() == (1..20).toList()
        done*.get(1).toSet().size() == width

        where:
        width << [1, 2, 3]
    }

    def 'what is offered is taken by its owner alone while others still load'() {
        given:
        def builds = new Builds(2, { null })
        def busy = { crew -> sleep(300); builds.complete() }

        when:
        crew(2, busy, { crew -> builds.share(some(3), crew); builds.complete() })

        then:
        done*.get(0) == [1, 2, 3]
        done*.get(1).toSet().size() == 1
    }

    def 'one that fails, whoever does it, ends all of it'() {
        given:
        def builds = new Builds(1, { null })

        when:
        crew(2, { crew -> builds.share(some(50) { if (it == 4) throw new IllegalStateException('no room for an index') }, crew); builds.complete() },
                { crew -> builds.help(crew) })

        then:
        def refused = thrown(IllegalStateException)
        refused.message == 'no room for an index'
        done.size() < 50
    }

    def 'who has nothing to help with does what nobody waits for, until the last table is complete'() {
        given:
        def ahead = new ConcurrentLinkedQueue(some(1000))
        def builds = new Builds(1, ahead::poll)

        when:
        crew(2, { crew -> sleep(50); builds.share(some(3) { done << ['index', it] }, crew); builds.complete() }, { crew -> builds.help(crew) })

        then:
        done.findAll { it[0] == 'index' }*.get(1).sort() == [1, 2, 3]
        done.size() > 6
        !ahead.empty
    }

    def 'it stops when the step is to stop'() {
        given:
        def asked = []
        def builds = new Builds(1, { { -> asked << 1 } as Runnable })
        def pulse = new FakePulse(lookingAround: { throw new Pulse.Stopped() })

        when:
        Crew.share(pulse, [1], [1], { tool, work, crew -> builds.help(crew) } as Crew.Job)

        then:
        thrown(Pulse.Stopped)
        asked == []
    }
}
