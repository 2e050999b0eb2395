package edu.wfu.wfumig.executor;

import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.ledger.Checkpoint;
import java.util.List;
import java.util.Map;

/** How a running step shows that it lives, remembers, and learns that it must stop. */
public interface Pulse {
    /**
     * Something moved. Throws {@link Stopped} when the run is to stop: a good moment, because what came before is
     * safe.
     */
    void moved(long rows, long bytes);

    /** Puts a fact into the ledger before going on; a resume finds it in {@link #noted}. */
    void note(Map<String, Object> facts);

    /** What this step noted in an earlier attempt; empty at the first. */
    Map<String, Object> noted();

    /**
     * Puts chunks that are safe into the ledger; a resume finds them in {@link #checkpoints}.
     *
     * @param facts what the step has counted up to here; a resume finds it in {@link #noted}
     */
    void checkpoint(List<Checkpoint> chunks, Map<String, Object> facts);

    /** What earlier attempts of this step have safe; empty when it begins at the beginning. */
    List<Checkpoint> checkpoints();

    /** Forgets what earlier attempts have safe: the step begins at the beginning. */
    void forgetCheckpoints();

    /**
     * Whether the step that this one follows is still running beside it. What this step has done by then may not be
     * called done: {@link #moved} throws {@link Stopped} when the other one failed.
     */
    boolean follows();

    /** Records that the effect of an earlier step of this lane was taken back. */
    void tookBack(Step step);

    /** Tells, for who watches, that the step has all of a table: what it holds, and how long this attempt took. */
    default void table(String name, long rows, long bytes, long millis) {}

    /** Says something worth a line in the log of the step's scope. */
    void say(String line);

    /** Says, once, that the step waits and what for: for the log, and for who watches the progress. */
    default void waits(String why) {
        say("waits: " + why);
    }

    /** Says that what it waited for is over. */
    default void goesOn() {
        say("goes on");
    }

    /** Thrown through a step when the run is to stop. */
    final class Stopped extends RuntimeException {
        public Stopped() {
            super("stopped");
        }
    }
}
