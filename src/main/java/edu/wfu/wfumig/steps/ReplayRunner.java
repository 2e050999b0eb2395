package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.dump.DumpCheck;
import edu.wfu.wfumig.dump.Manifest;
import edu.wfu.wfumig.executor.Pulse;
import edu.wfu.wfumig.executor.StepRunner;
import edu.wfu.wfumig.graph.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Takes a dump that lies in the work folder already in the place of an export: every row of it is held against its manifest before
 * anything of it is staged.
 *
 * <p>Safe to repeat: it only reads.
 */
final class ReplayRunner implements StepRunner<Step.Export> {
    private final WorkFolder work;

    ReplayRunner(WorkFolder work) {
        this.work = work;
    }

    @Override
    public Map<String, Object> run(Step.Export step, Pulse pulse) {
        Path dump = work.source(step.scope());
        try {
            var manifest = DumpCheck.of(dump);
            pulse.say("every row of the dump is the one that its manifest describes");
            return Map.of(
                    "tables", manifest.tables().size(),
                    "rows", manifest.rows(),
                    "fileBytes", manifest.bytes(),
                    "server", manifest.server(),
                    "snapshot", from(manifest));
        } catch (IOException e) {
            throw new Refusal(
                    Refusal.Kind.FAILED,
                    Problem.of(
                            "the dump " + dump + " cannot be read: " + e.getMessage(),
                            "a file that can be read",
                            "the target is untouched",
                            "restore it again"),
                    e);
        }
    }

    private static String from(Manifest manifest) {
        return "a dump of " + manifest.scope() + " from " + manifest.schema() + " on " + manifest.server();
    }
}
