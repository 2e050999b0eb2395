package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.executor.Pulse;
import edu.wfu.wfumig.executor.StepRunner;
import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.lock.Owner;
import edu.wfu.wfumig.lock.TargetMark;
import java.util.Map;

/**
 * Looks before anything is written, as {@link Examination} does it. All that is wrong is told at once.
 *
 * <p>Safe to repeat: it makes the staging schema, sweeps what earlier runs left there, makes what tables are made of and the target
 * lacks, and marks a target that has no mark.
 */
public final class PreflightRunner implements StepRunner<Step.Preflight> {
    private final Examination examination;
    private final boolean marks;

    /**
     * @param marks whether a target without a mark gets one
     */
    public PreflightRunner(Examination examination, boolean marks) {
        this.examination = examination;
        this.marks = marks;
    }

    @Override
    public Map<String, Object> run(Step.Preflight step, Pulse pulse) {
        var findings = examination.run();
        if (!findings.problems().isEmpty()) throw new Refusal(Refusal.Kind.FAILED, findings.problems());
        findings.remarks().forEach(pulse::say);
        if (!examination.extent().writes()) return Map.of();
        examination.brake().introduce(pulse);
        var graph = examination.graph();
        var databases = examination.databases();
        new Prerequisites(graph, databases).make(pulse);
        new StagingArea(databases.staging(), graph.staging()).prepare();
        if (!graph.landing().equals(graph.staging())) new StagingArea(databases.target(), graph.landing()).prepare();
        if (marks) mark(pulse);
        return Map.of();
    }

    /** Whoever let the run come as far has confirmed it, and nothing was found wrong. */
    private void mark(Pulse pulse) {
        var target = examination.graph().target();
        var mark = new TargetMark(target.environment(), target.identity(), target.schema());
        String by = Owner.here("a run of " + examination.graph().plan()).toString();
        if (mark.writeIfMissing(examination.databases().target(), by)) {
            pulse.say("the target had no mark; it is marked as '" + target.environment() + "' now");
        }
    }
}
