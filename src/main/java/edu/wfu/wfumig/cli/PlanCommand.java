package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.report.Preview;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "plan", description = "Show what a run would do. Writes nothing to any database.")
final class PlanCommand extends WfumigCommand implements Callable<Integer> {
    enum Format {
        TEXT,
        JSON,
        MARKDOWN
    }

    @Mixin
    private PlanOptions options;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES} (default: text).")
    private Format format = Format.TEXT;

    @Option(names = "--out", paramLabel = "FILE", description = "Save the plan with its preview, for wfumig run FILE.")
    private @Nullable Path out;

    @Option(names = "--exit-code", description = "Exit with 10 when there is something to move.")
    private boolean exitCode;

    @Override
    public Integer call() {
        var plan = options.read(environment());
        Path file = options.file().toAbsolutePath();
        try (var wiring = new Wiring(plan, RunFolder.beside(file), environment(), false)) {
            var graph = wiring.compile();
            var preview = new Preview(plan, graph, EarlierRuns.estimate(runs(), plan));
            var console = out();
            switch (format) {
                case TEXT -> console.print(preview.text());
                case MARKDOWN -> console.print(preview.markdown());
                case JSON -> console.println(preview.json());
            }
            console.flush();
            if (out != null)
                SavedPlan.of(file, options.params(), options.reverse(), plan.settings(), graph)
                        .write(out);
            return exitCode && !graph.scopes().isEmpty() ? ExitCode.PENDING.number : ExitCode.DONE.number;
        } catch (IOException e) {
            throw new Refusal(
                    Refusal.Kind.FAILED,
                    Problem.of(out + " cannot be written: " + e.getMessage(), "a file", "nothing was written", ""),
                    e);
        }
    }
}
