package edu.wfu.wfumig.executor;

import edu.wfu.wfumig.graph.Step;
import java.util.Map;

/** Does one kind of step. Done twice equals done once; each runner's comment says what makes it so. */
@FunctionalInterface
public interface StepRunner<S extends Step> {
    /** Does the step and returns what it found out, for the ledger. Throws what keeps it from being done. */
    Map<String, Object> run(S step, Pulse pulse) throws Exception;
}
