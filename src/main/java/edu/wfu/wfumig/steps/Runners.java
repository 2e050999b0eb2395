package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.archive.ArchiveStore;
import edu.wfu.wfumig.database.Databases;
import edu.wfu.wfumig.executor.StepRunner;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Graph.Place;
import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.ledger.RunState;
import edu.wfu.wfumig.plan.Cutover;
import edu.wfu.wfumig.plan.Extent.Part;
import edu.wfu.wfumig.plan.Plan;
import edu.wfu.wfumig.wordpress.Rewriter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The runner of every kind of step, for one run. */
public final class Runners {
    private Runners() {}

    public static Map<Class<? extends Step>, StepRunner<?>> of(
            Plan plan,
            Graph graph,
            Databases databases,
            WorkFolder work,
            @Nullable ArchiveStore archive,
            RunState state,
            Brake brake,
            MigrateRunner.Folders folders) {
        var staging = new StagingArea(databases.staging(), graph.staging());
        // A snapshot of PostgreSQL costs nobody anything, so there a table is read anew rather than in two of them.
        boolean goesOn = !plan.source().server().postgres() || !state.consistent();
        // Somebody reads the migrated dump: the archive's, or the target's server when staging has one of its own.
        boolean migrated = archive != null || !graph.landing().equals(graph.staging());
        boolean handsOver = plan.extent().part() == Part.WHOLE
                && plan.cutover() == Cutover.SWAP
                && plan.target().server().postgres()
                && !goesOn
                && !migrated
                && !plan.verify().digests()
                && graph.rules().isEmpty()
                && !state.keepsFiles();
        var streams = new Streams(
                plan.parallel().chunks(),
                archive != null,
                new Room(),
                new Feeds(),
                new Proven(plan.verify().digests()),
                goesOn,
                handsOver);
        var swap = new Swap(graph, databases.target(), state.id());
        boolean follows = graph.steps().contains(new Step.Migrate(Step.Migrate.AFTER));
        var histories = new SourceHistory(graph, follows ? databases.source() : null, folders.histories());
        Map<Class<? extends Step>, StepRunner<?>> runners = new HashMap<>();
        runners.put(
                Step.Preflight.class,
                new PreflightRunner(
                        new Examination(graph, databases, work.root(), archive, brake, plan.parallel(), plan.extent()),
                        !state.rehearsal()));
        runners.put(
                Step.Export.class,
                plan.extent().reads()
                        ? new ExportRunner(graph, databases, work, streams, brake, histories)
                        : new ReplayRunner(work));
        runners.put(
                Step.Stage.class,
                new StageRunner(
                        graph,
                        staging,
                        databases.target(),
                        work,
                        new Rewriter(graph.rules()),
                        state.id(),
                        streams,
                        migrated));
        var proved = plan.extent().part() == Part.VERIFY
                ? new StagingArea(databases.target(), new Place(graph.target().schema(), true))
                : staging;
        String where = proved == staging ? VerifyRunner.STAGING : graph.target().environment();
        runners.put(Step.Verify.class, new VerifyRunner(graph, plan.verify(), proved, where, work, streams));
        runners.put(Step.Backup.class, new BackupRunner(graph, databases.target(), work, streams));
        runners.put(
                Step.Cutover.class,
                new CutoverRunner(graph, databases, work, swap, plan.backup().keepTables()));
        runners.put(Step.Confirm.class, new ConfirmRunner(graph, databases.target(), swap, state));
        if (plan.extent().part() == Part.EXPORT) {
            runners.put(Step.Archive.class, new DeliveryRunner(new Delivery(plan.extent()), work));
        } else if (archive != null)
            runners.put(Step.Archive.class, new ArchiveRunner(graph, archive, work, state.id()));
        runners.put(Step.Clean.class, new CleanRunner(graph, databases, work, state));
        runners.put(Step.Migrate.class, new MigrateRunner(plan, graph, databases, archive, folders, state, histories));
        return runners;
    }
}
