package edu.wfu.wfumig.support

import edu.wfu.wfumig.database.LoadGauge
import edu.wfu.wfumig.database.ServerLoad
import edu.wfu.wfumig.executor.Pulse
import edu.wfu.wfumig.graph.Step
import edu.wfu.wfumig.ledger.Checkpoint
import edu.wfu.wfumig.steps.Brake
import groovy.transform.CompileStatic
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.atomic.AtomicInteger

/** What a brake is tried with: a clock, a source and a step that are made up. */
@CompileStatic
class FakeBrake {
    /** Moves only when somebody sleeps, or when it is told to. */
    static class Clock implements Brake.Time {
        private long now = 1_000
        long slept

        @Override
        synchronized long nanos() { now }

        @Override
        synchronized void sleep(long nanos) {
            now += nanos
            slept += nanos
        }

        synchronized void passes(long millis) {
            now += millis * 1_000_000
        }
    }

    /** Answers what it was given, one after the other, the last one for ever; throws what is an exception. */
    static class Gauge implements LoadGauge {
        private final List<?> answers
        private final AtomicInteger inside = new AtomicInteger()
        volatile int asked
        volatile int together

        Gauge(List<?> answers) {
            this.answers = answers
        }

        @Override
        ServerLoad read() {
            together = Math.max(together, inside.incrementAndGet())
            try {
                def answer = answers[Math.min(asked++, answers.size() - 1)]
                if (answer instanceof RuntimeException) throw answer
                return (ServerLoad) answer
            } finally {
                inside.decrementAndGet()
            }
        }

        @Override
        List<String> missingGrants() { [] }

        @Override
        void close() {}
    }

    /** A step that writes down what it says. */
    static class Listener implements Pulse {
        final List<String> log = new CopyOnWriteArrayList<>()
        final AtomicInteger counted = new AtomicInteger()
        int stopsAfter = Integer.MAX_VALUE

        int getBeats() { counted.get() }

        @Override
        void moved(long rows, long bytes) {
            if (counted.incrementAndGet() > stopsAfter) throw new Pulse.Stopped()
        }

        @Override
        void say(String line) { log << line }

        @Override
        void note(Map<String, Object> facts) {}

        @Override
        Map<String, Object> noted() { [:] }

        @Override
        void checkpoint(List<Checkpoint> chunks, Map<String, Object> facts) {}

        @Override
        List<Checkpoint> checkpoints() { [] }

        @Override
        void forgetCheckpoints() {}

        @Override
        boolean follows() { false }

        @Override
        void tookBack(Step step) {}
    }
}
