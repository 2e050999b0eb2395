package edu.wfu.wfumig.executor;

import edu.wfu.wfumig.graph.Step;
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

    /** Records that the effect of an earlier step of this lane was taken back. */
    void tookBack(Step step);

    /** Says something worth a line in the log of the step's scope. */
    void say(String line);

    /** Thrown through a step when the run is to stop. */
    final class Stopped extends RuntimeException {
        public Stopped() {
            super("stopped");
        }
    }
}
