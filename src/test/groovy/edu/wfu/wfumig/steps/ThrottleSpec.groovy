package edu.wfu.wfumig.steps

import edu.wfu.wfumig.ScopeId
import edu.wfu.wfumig.database.Database
import edu.wfu.wfumig.database.Databases
import edu.wfu.wfumig.database.ServerLoad
import edu.wfu.wfumig.dsl.OutsideValues
import edu.wfu.wfumig.dsl.PlanLanguage
import edu.wfu.wfumig.dump.Manifest
import edu.wfu.wfumig.executor.Pulse
import edu.wfu.wfumig.graph.Compiler
import edu.wfu.wfumig.graph.Graph
import edu.wfu.wfumig.graph.Step
import edu.wfu.wfumig.plan.Plan
import edu.wfu.wfumig.support.FakeBrake.Clock
import edu.wfu.wfumig.support.FakeBrake.Gauge
import edu.wfu.wfumig.support.FakeBrake.Listener
import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import edu.wfu.wfumig.survey.Survey
import java.nio.file.Files
import java.time.Duration
import spock.lang.Shared
import spock.lang.Specification

/** A real export whose source is to be spared. */
class ThrottleSpec extends Specification {
    static final long SECOND = 1_000_000_000
    @Shared TestServer server = TestServer.embedded()
    Wfumig wfumig = new Wfumig()
    def clock = new Clock()
    def pulse = new Listener()

    def setupSpec() {
        server.load('throttle_dev', 'dev')
        server.load('throttle_uat', 'uat')
    }

    def cleanupSpec() {
        server.drop('throttle_dev', 'throttle_uat', 'throttle_staging')
        server.sql("DROP USER IF EXISTS 'throttled'@'127.0.0.1'")
    }

    private String text(String throttle, String user = server.user()) {
        """
            migration('throttle') {
              ${wfumig.ends(server, 'throttle_dev', server, 'throttle_uat').replaceFirst("user '[^']*'", "user '$user'")}
              staging { schema 'throttle_staging' }
              sites { sites 5, 8 }
              $throttle
            }"""
    }

    /** Exports a site with a brake; returns how many rows its dump holds. */
    private long export(String throttle, Gauge gauge, long site = 5) {
        Database database = server.database()
        Plan plan = PlanLanguage.read(text(throttle), 'throttle.groovy', new OutsideValues([:], [:]))
        Graph graph = Compiler.compile(plan, Survey.of(plan, database, database))
        def scope = ScopeId.ofSite(site)
        def work = new WorkFolder(wfumig.home.resolve('work'))
        Files.createDirectories(work.of(scope))
        def facts = new ExportRunner(graph, new Databases(database, database, database), work, new Streams(2, false, new Room(), new Feeds(), new Proven(true)), new Brake(plan.throttle(), gauge, plan.from(), clock), new SourceHistory(graph, null, work.root().resolve("histories"))).run(new Step.Export(scope), pulse)
        assert Manifest.isComplete(work.source(scope))
        facts.rows as long
    }

    def 'an export of #most rows a second takes a second for so many rows'() {
        when:
        long rows = export("throttle { maxRowsPerSecond $most }", null)

        then: 'but for the last ones, which are not worth a sleep'
        rows > 200
        clock.slept <= rows * SECOND.intdiv(most)
        clock.slept > rows * SECOND.intdiv(most) - SECOND.intdiv(100)

        where:
        most << [10, 100, 1_000]
    }

    def 'an export pauses while too many threads run on its source, goes on when they are gone, and holds every row'() {
        given:
        long undisturbed = export('', null, 8)
        def gauge = new Gauge([60, 60, 3].collect { new ServerLoad(it, false, Duration.ZERO) })

        when:
        long rows = export('throttle { pauseWhen threadsRunning: 50 }', gauge, 5)

        then:
        undisturbed > 0
        rows == server.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'throttle_dev' AND table_type = 'BASE TABLE' AND table_name REGEXP '^wp_5_'")
                *.get(0).sum { server.rows("SELECT COUNT(*) FROM throttle_dev.`$it`")[0][0] as long }
        pulse.log - '2 readers share one snapshot' == ['waits: 60 threads run on dev, the plan allows 50', 'goes on']
        gauge.asked == 3
        clock.slept == 2 * SECOND
    }

    def 'an export that waits is stopped there'() {
        given:
        pulse.stopsAfter = 20
        def gauge = new Gauge([new ServerLoad(60, false, Duration.ZERO)])

        when:
        export('throttle { pauseWhen threadsRunning: 50 }', gauge)

        then:
        thrown(Pulse.Stopped)
    }

    def 'a run says what it does to the source, and does it'() {
        given:
        def plan = wfumig.plan(text('throttle { maxRowsPerSecond 1_000_000; pauseWhen threadsRunning: 500, replicaLag: 30.seconds }')).toString()

        expect:
        wfumig.call('plan', plan) == 0
        wfumig.out.contains('at most 1,000,000 rows a second are read')
        wfumig.call('run', plan, '--yes') == 0
        Files.readString(wfumig.run().resolve('logs/run.log')).contains('dev is no replica: it is never behind')
    }

    def 'an account that may not ask for the lag is refused with the GRANT to type, before anything is written; without that wish it is not'() {
        given:
        server.sql("""CREATE OR REPLACE USER 'throttled'@'127.0.0.1' IDENTIFIED BY '${server.password()}';
            GRANT SELECT, SHOW VIEW, TRIGGER ON throttle_dev.* TO 'throttled'@'127.0.0.1'""")
        def wish = { String limits -> wfumig.plan(text("throttle { pauseWhen $limits }", 'throttled')).toString() }
        def before = server.picture(['throttle_uat'])

        expect:
        wfumig.call('plan', wish('replicaLag: 5.seconds')) == 0
        wfumig.out.contains("the source's account lacks a privilege: GRANT REPLICA MONITOR ON *.* TO 'throttled'")
        wfumig.call('run', wish('replicaLag: 5.seconds'), '--yes') == 1
        (wfumig.out + wfumig.err).contains("GRANT REPLICA MONITOR ON *.* TO 'throttled'")
        server.picture(['throttle_uat']).findAll { !it.key.startsWith('throttle_uat.wfumig_') } == before.findAll { !it.key.startsWith('throttle_uat.wfumig_') }

        and:
        wfumig.call('run', wish('threadsRunning: 500'), '--yes') == 0
    }
}
