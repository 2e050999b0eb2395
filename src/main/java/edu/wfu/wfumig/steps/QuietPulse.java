package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.executor.Pulse;
import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.ledger.Checkpoint;
import java.util.List;
import java.util.Map;

/** Of work that is no step of a run: nobody watches, nothing is remembered, and what is cut short begins anew. */
final class QuietPulse implements Pulse {
    @Override
    public void moved(long rows, long bytes) {}

    @Override
    public void note(Map<String, Object> facts) {}

    @Override
    public Map<String, Object> noted() {
        return Map.of();
    }

    @Override
    public void checkpoint(List<Checkpoint> chunks, Map<String, Object> facts) {}

    @Override
    public List<Checkpoint> checkpoints() {
        return List.of();
    }

    @Override
    public void forgetCheckpoints() {}

    @Override
    public boolean follows() {
        return false;
    }

    @Override
    public void tookBack(Step step) {}

    @Override
    public void say(String line) {}
}
