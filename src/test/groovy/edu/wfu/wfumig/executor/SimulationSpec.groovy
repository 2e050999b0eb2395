package edu.wfu.wfumig.executor

import edu.wfu.wfumig.ledger.RunState.Outcome
import edu.wfu.wfumig.plan.Failures
import java.time.Duration
import spock.lang.Specification

/**
 * The executor, its ledger and the failure rules on a virtual clock: thousands of runs in seconds. A failing seed is named
 * and replays: {@code WFUMIG_SEED=4711 ./mvnw test -Dtest=SimulationSpec}; {@code WFUMIG_SEEDS=20000} runs more.
 */
class SimulationSpec extends Specification {
    static final GRAPHS = ['sites 22', 'sites 1, 3, 8, 22, 43, 70, 90', 'all(); networkTables()'].collect {
        ExecutorSpec.graph(it, 'largeSites { sites 22, 43 }')
    }

    private static void play(long seed) {
        def dice = new Random(seed)
        def rules = new Failures(1 + dice.nextInt(4), Duration.ofSeconds(1 + dice.nextInt(5)), Duration.ofSeconds(6 + dice.nextInt(60)),
                dice.nextInt(4) == 0 ? Duration.ofSeconds(20 + dice.nextInt(60)) : null, dice.nextBoolean() ? 1 + dice.nextInt(4) : null,
                Failures.Then.values()[dice.nextInt(3)], dice.nextBoolean() ? 1 + dice.nextInt(6) : null, dice.nextInt(4) == 0 ? 2 : null, null)
        def world = new SimulatedWorld(GRAPHS[dice.nextInt(GRAPHS.size())], dice, new Executor.Places(1 + dice.nextInt(4), 1 + dice.nextInt(2), 3), rules)
        world.passing = dice.nextInt(150)
        world.broken = dice.nextInt(60)
        world.dies = dice.nextInt(4) == 0 ? dice.nextInt(40) : 0
        world.full = dice.nextInt(8) == 0 ? dice.nextInt(20) : 0
        def outcome = world.go(false)
        for (int i = 0; i < 60 && outcome != Outcome.DONE; i++) outcome = world.go(true)
        // Sooner or later the trouble ends; then a resume, or one more behind a pause, ends all.
        world.passing = world.broken = world.dies = world.full = 0
        world.rulesOff()
        if (outcome != Outcome.DONE) outcome = world.go(true)
        assert outcome == Outcome.DONE
        assert world.moved == world.graph.scopes()*.id()*.text().toSet()
        assert world.staged.isEmpty()
    }

    def 'whatever fails, dies or fills up, every promise holds after every run, and a resume ends it'() {
        given:
        def one = System.getenv('WFUMIG_SEED')
        def seeds = one ? [one as long] : (1L..(System.getenv('WFUMIG_SEEDS') ?: '500').toLong())

        expect:
        seeds.each { seed ->
            try {
                play(seed)
            } catch (Throwable e) {
                throw new AssertionError("seed $seed: $e.message".toString(), e)
            }
        }
    }

    def 'the same seed plays the same run'() {
        given:
        def play = { long seed ->
            def world = new SimulatedWorld(GRAPHS[1], new Random(seed), new Executor.Places(3, 1, 3), Failures.DEFAULT)
            world.passing = 100
            world.broken = 50
            world.go(false)
            world.events*.toString()
        }

        expect:
        play(42) == play(42)
        play(42) != play(43)
    }
}
