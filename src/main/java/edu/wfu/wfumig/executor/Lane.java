package edu.wfu.wfumig.executor;

import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.graph.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of one scope, or of the whole run, and how far they are. Changed by the executor alone. */
final class Lane {
    final @Nullable ScopeId scope;
    final List<Step> steps;
    final boolean large;

    /** How often the step that is on has been tried since the run began or was resumed. */
    int attempts = 1;

    /** What runs right now: a step, and perhaps the one that follows it. */
    final List<Attempt> running = new ArrayList<>();

    /** Of what ran together, the one whose failure weighs most; null when all did their steps. */
    @Nullable
    Attempt wanting;

    /** By when it should be swapped in; null when it may take as long as it likes. */
    @Nullable
    Instant deadline;

    /** Whether a step of it failed for good, so that only its clean-up is left. */
    boolean failed;

    Lane(@Nullable ScopeId scope, List<Step> steps, boolean large) {
        this.scope = scope;
        this.steps = steps;
        this.large = large;
    }

    /** Whether nothing else can go on without it. */
    boolean whole() {
        return scope == null || scope.equals(ScopeId.NETWORK);
    }

    /** Its clean step; null when it has none, or when that is the one that failed. */
    @Nullable
    Step cleanUpAfter(Step step) {
        Step last = steps.get(steps.size() - 1);
        return last instanceof Step.Clean && last != step ? last : null;
    }
}
