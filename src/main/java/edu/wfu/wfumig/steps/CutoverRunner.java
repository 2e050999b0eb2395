package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Databases;
import edu.wfu.wfumig.database.Definition;
import edu.wfu.wfumig.dump.DumpForm;
import edu.wfu.wfumig.dump.DumpReader;
import edu.wfu.wfumig.dump.Manifest;
import edu.wfu.wfumig.dump.Manifest.ColumnPart;
import edu.wfu.wfumig.executor.Pulse;
import edu.wfu.wfumig.executor.StepRunner;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.graph.Step;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Swaps staging and target; see {@link Swap}. Where staging is a server of its own, the verified rows are first carried
 * over to reserved names beside the target's tables and proved there once more.
 *
 * <p>Safe to repeat: what it is about to do is noted in the ledger first, and each part looks before it acts.
 */
public final class CutoverRunner implements StepRunner<Step.Cutover> {
    private final Graph graph;
    private final Databases databases;
    private final WorkFolder work;
    private final Swap swap;
    private final Duration keep;

    public CutoverRunner(Graph graph, Databases databases, WorkFolder work, Swap swap, Duration keep) {
        this.graph = graph;
        this.databases = databases;
        this.work = work;
        this.swap = swap;
        this.keep = keep;
    }

    @Override
    public Map<String, Object> run(Step.Cutover step, Pulse pulse) throws IOException {
        var scope = graph.scope(step.scope());
        var swapping = Swap.Swapping.of(pulse.noted());
        boolean carried = !graph.landing().equals(graph.staging());
        var manifest = Manifest.of(work.migrated(scope.id()));
        if (swapping != null && !alreadySwapped(swapping)) {
            // Planned anew, from a target as it was: an attempt that was cut short may have taken away what only its
            // note
            // remembers, and the target may have changed since.
            swap.back(scope, swapping, false);
            swapping = null;
        }
        if (carried && (swapping == null || !alreadySwapped(swapping))) carryOver(scope, manifest, pulse);
        if (swapping == null) {
            swapping = swap.plan(scope, parts(manifest.views()), parts(manifest.triggers()));
            pulse.note(swapping.facts());
        }
        swap.forward(scope, swapping);
        var facts = new LinkedHashMap<String, Object>();
        facts.put("replaced", swapping.out().size());
        facts.put("brought", swapping.in().size());
        facts.put("keptUntil", Instant.now().plus(keep).toString());
        return facts;
    }

    private boolean alreadySwapped(Swap.Swapping swapping) {
        try (var catalogue = databases.target().catalogue()) {
            return swap.swapped(catalogue, swapping, false);
        }
    }

    private void carryOver(Scope scope, Manifest manifest, Pulse pulse) throws IOException {
        var landing = new StagingArea(databases.target(), graph.landing());
        var definitions = StagedDefinition.of(databases.target().dialect(), graph, scope, graph.landing(), swap.run());
        var form = DumpForm.of(graph.source().server());
        var completion = new Completion(databases.target(), form, definitions);
        landing.clear(scope);
        try (var editor = databases.target().editor();
                var loader = databases.target().loader(landing.schema());
                var reader = new DumpReader(work.migrated(scope.id()))) {
            for (var table : manifest.tables()) {
                landing.create(editor, table.name(), definitions.table(table.name(), table.create()));
                var names = table.columns().stream().map(ColumnPart::name).toList();
                var format = form.rows(table.columns());
                for (var chunk : table.chunks()) {
                    byte[] raw = reader.open(reader.packed(chunk.frame()), chunk.frame());
                    loader.load(
                            landing.staged(table.name()),
                            names,
                            format.loadable(),
                            raw,
                            chunk.rowsAt(),
                            format.end(raw.length),
                            chunk.digest().rows());
                    pulse.moved(chunk.digest().rows(), raw.length);
                }
                completion.alone(table);
            }
            completion.together(manifest.tables());
        }
        try (var catalogue = databases.target().catalogue();
                var proof = databases.target().proof(landing.schema())) {
            for (var table : manifest.tables()) {
                String landed = landing.staged(table.name());
                var definition =
                        catalogue.define(landing.schema(), List.of(landed)).get(0);
                var columns = Parts.moved(definition, table);
                if (!proof.digest(landed, columns).equals(table.digest())) {
                    throw new Refusal(
                            Refusal.Kind.MISMATCH,
                            Problem.of(
                                    table.name() + " arrived on the target's server with other content",
                                    "the rows that were verified in staging",
                                    "the target's own tables are untouched",
                                    "wfumig resume"));
                }
            }
        }
    }

    private static List<Definition> parts(List<Manifest.Definition> definitions) {
        return definitions.stream()
                .map(one -> new Definition(one.name(), one.table(), one.create(), one.sqlMode(), ""))
                .toList();
    }
}
