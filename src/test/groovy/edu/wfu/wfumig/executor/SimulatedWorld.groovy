package edu.wfu.wfumig.executor

import edu.wfu.wfumig.Problem
import edu.wfu.wfumig.Refusal
import edu.wfu.wfumig.ScopeId
import edu.wfu.wfumig.graph.Graph
import edu.wfu.wfumig.graph.Step
import edu.wfu.wfumig.ledger.Event
import edu.wfu.wfumig.ledger.EventLog
import edu.wfu.wfumig.ledger.Journal
import edu.wfu.wfumig.ledger.Ledger
import edu.wfu.wfumig.ledger.RunState
import edu.wfu.wfumig.ledger.RunState.Outcome
import edu.wfu.wfumig.plan.Failures
import groovy.transform.CompileStatic
import java.nio.file.Path
import java.time.Duration
import java.time.Instant

/**
 * A world without threads, disks and databases: time jumps to the next end of a step, steps fail by dice, the process dies by
 * dice, and all of it is decided by one seed. Whatever breaks a promise of the executor is thrown as an AssertionError.
 */
@CompileStatic
class SimulatedWorld implements Workers {
    /** The process is gone: nothing after this moment happened. */
    static class Died extends Error {}

    private static final class Task {
        Work work
        Instant ends
    }

    final Graph graph
    final Random dice
    final Executor.Places places
    Failures rules

    /** Chances in a thousand, per step or event. */
    int passing, broken, dies, full

    Instant clock = Instant.parse('2026-11-20T00:00:00Z')
    final List<Task> running = []
    final List<Journal.Entry> events = []

    // What the databases hold.
    final Set<String> staged = new HashSet<>()
    final Set<String> exported = new HashSet<>()
    final Set<String> moved = new HashSet<>()
    private boolean cutOff

    SimulatedWorld(Graph graph, Random dice, Executor.Places places, Failures rules) {
        this.graph = graph
        this.dice = dice
        this.places = places
        this.rules = rules
    }

    /** No time-outs and no limits any more. */
    void rulesOff() {
        rules = new Failures(rules.attempts(), rules.backoff(), rules.upTo(), null, null, Failures.Then.PAUSE, null, null, null)
    }

    private boolean chance(int inThousand) {
        dice.nextInt(1000) < inThousand
    }

    /** Runs or resumes; null when the process died. */
    Outcome go(boolean resumed) {
        running.clear()
        def past = new ArrayList<Journal.Entry>(events)
        def ledger = Ledger.of(Path.of('simulated'), new EventLog() {
            @Override
            Journal.Entry append(Event event) {
                if (chance(dies)) throw new Died()
                if (chance(full)) throw new Refusal(Refusal.Kind.FAILED, Problem.of('the disk is full', '', '', ''))
                def entry = new Journal.Entry(events.size() + 1L, clock, event)
                events << entry
                if (chance(dies)) throw new Died()
                entry
            }

            @Override
            void close() {}
        }, past)
        try {
            ledger.record(resumed ? new Event.RunResumed() : new Event.RunStarted('simulated', '', '', ''))
            def around = new Executor.Surroundings(new Watcher() {}, this, new Health() {
                List<String> connections() { List.<String> of() }

                List<String> examine() { List.<String> of() }
            }, { String why -> Operator.Answer.PAUSE } as Operator, dice)
            Map<Class<? extends Step>, StepRunner<?>> runners = [:]
            Step.getPermittedSubclasses().each { kind -> runners[(Class<? extends Step>) kind] = { Step step, Pulse pulse -> effect(step, pulse) } as StepRunner }
            def outcome = new Executor(graph, ledger, runners, rules, places, around).run(Set.<ScopeId> of())
            check(ledger, outcome)
            outcome
        } catch (Died | Refusal ignored) { // the process is gone, or its ledger could not be written
            cutOff = true
            null
        }
    }

    @Override
    void start(Work work) {
        running << new Task(work: work, ends: clock.plusMillis(1L + dice.nextInt(10_000)))
        def lanes = running.collect { ((Attempt) it.work).lane }.unique()
        assert lanes.size() <= places.scopes()
        assert lanes.count { it.large } <= places.large()
        assert lanes*.scope.toSet().size() == lanes.size()
        assert lanes.every { !it.whole() } || lanes.size() == 1
        lanes.each { lane ->
            def steps = running.findAll { ((Attempt) it.work).lane.is(lane) }.collect { ((Attempt) it.work).step.verb() }
            assert steps.size() == 1 || steps == ['export', 'stage']
        }
    }

    @Override
    Work next(Duration atMost) {
        // Who follows ends after the one that it follows.
        running.each { task ->
            def leader = running.find { it.work.is(((Attempt) task.work).leader) }
            if (leader != null && !leader.ends.isBefore(task.ends)) task.ends = leader.ends.plusMillis(1)
        }
        running.sort { it.ends }
        def until = clock + atMost
        if (running.isEmpty() || running[0].ends.isAfter(until)) {
            clock = until
            return null
        }
        def task = running.remove(0)
        clock = task.ends
        def deadline = task.work.deadline()
        if (deadline != null && clock.isAfter(deadline)) task.work.overdue()
        task.work.run()
        task.work
    }

    @Override
    Instant now() {
        clock
    }

    @Override
    void close() {}

    /** What a step does to the world; done twice equals done once. It may fail or die before, between and after. */
    private Map<String, Object> effect(Step step, Pulse pulse) {
        trouble(step)
        String scope = step.scope()?.text()
        if (step instanceof Step.Export) {
            pulse.moved(1, 1)
            exported << scope
        } else if (step instanceof Step.Stage) {
            pulse.moved(0, 0)
            assert scope in exported: "$scope is staged without a dump"
            staged << scope
            pulse.moved(1, 1)
        } else if (step instanceof Step.Verify || step instanceof Step.Backup) {
            assert scope in staged: "$scope is proved without being staged"
        } else if (step instanceof Step.Cutover) {
            assert scope in staged || scope in moved: "$scope is swapped without being staged"
            if (staged.remove(scope)) moved << scope
        } else if (step instanceof Step.Confirm || step instanceof Step.Archive) {
            assert scope in moved
        } else if (step instanceof Step.Clean) {
            staged.remove(scope)
        }
        trouble(step)
        [:]
    }

    private void trouble(Step step) {
        if (chance(dies)) throw new Died()
        boolean last = step instanceof Step.Clean
        if (!last && chance(passing)) throw new Refusal(Refusal.Kind.PASSING, Problem.of('a moment', '', '', ''))
        if (!last && !(step instanceof Step.Preflight) && chance(broken)) throw new Refusal(Refusal.Kind.FAILED, Problem.of('broken', '', '', ''))
    }

    /** The promises, held against the world and the ledger when a run has ended. */
    private void check(Ledger ledger, Outcome outcome) {
        def state = ledger.state()
        graph.scopes().each { scope ->
            def id = scope.id().text()
            if (state.done("$id/confirm".toString())) assert id in moved: "$id is reported done and has not moved"
        }
        boolean all = graph.steps().every { state.done(it.id()) }
        assert (outcome == Outcome.DONE) == all
        // A lane that was cut off keeps what it staged, for its resume; every other way out leaves nothing.
        if (outcome == Outcome.ABORTED) cutOff = true
        if (!cutOff) assert staged.isEmpty()
        if (outcome in [Outcome.PAUSED, Outcome.ABORTED]) assert tooMany()
        if (outcome == Outcome.PARTLY) assert state.failedInAll() > 0
        retries()
    }

    /** Whether at some moment as many sites had failed as the rules allow. */
    private boolean tooMany() {
        def state = new RunState('again')
        events.any {
            state.apply(it.event(), it.at())
            rules.maxConsecutive() != null && state.failedInARow() >= rules.maxConsecutive() || rules.maxTotal() != null && state.failedInAll() >= rules.maxTotal()
        }
    }

    /** Only what may pass is tried again, never more often than the rules say, never without a pause. */
    private void retries() {
        Map<String, List<Journal.Entry>> attempts = [:].withDefault { [] }
        events.each { entry ->
            if (entry.event() instanceof Event.RunResumed) attempts.clear()
            if (entry.event() instanceof Event.StepFailed) attempts[((Event.StepFailed) entry.event()).step()] << entry
            if (entry.event() instanceof Event.Reopened) ((Event.Reopened) entry.event()).steps().each { attempts.remove(it) }
        }
        attempts.each { step, failures ->
            assert failures.size() <= rules.attempts()
            failures.init().each { assert ((Event.StepFailed) it.event()).error().contains('a moment') }
            failures.collate(2, 1, false).each { pair ->
                assert Duration.between(pair[0].at(), pair[1].at()) >= rules.backoff().dividedBy(2)
            }
        }
    }
}
