package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.archive.ArchiveStore;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.Databases;
import edu.wfu.wfumig.database.ServerLock;
import edu.wfu.wfumig.dump.Manifest;
import edu.wfu.wfumig.graph.Compiler;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.inventory.Inventory;
import edu.wfu.wfumig.lock.Owner;
import edu.wfu.wfumig.lock.TargetLock;
import edu.wfu.wfumig.lock.TargetMark;
import edu.wfu.wfumig.plan.Environment;
import edu.wfu.wfumig.plan.Plan;
import edu.wfu.wfumig.report.Announcer;
import edu.wfu.wfumig.schema.Description;
import edu.wfu.wfumig.settings.Folders;
import edu.wfu.wfumig.settings.Secrets;
import edu.wfu.wfumig.survey.DumpSurvey;
import edu.wfu.wfumig.survey.Survey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where everything meets: from a plan to servers, archive and graph. Embedded servers live as long as this. */
final class Wiring implements AutoCloseable {
    private final Plan plan;
    private final Path beside;
    private final Secrets secrets;
    private final Servers servers;
    private final Databases databases;
    private final Duration lease;
    private @Nullable ArchiveStore archive;

    /**
     * @param beside the folder of the plan file
     * @param load whether embedded environments are filled anew, as at the start of a run; else only when they are not
     *     there
     */
    Wiring(Plan plan, Path beside, Map<String, String> environment, boolean load) {
        this.plan = plan;
        this.beside = beside;
        this.secrets = new SecretPlaces(environment, Terminal.ofThisProcess()).all();
        this.lease = lease(environment);
        var cache = Folders.of(environment).cache();
        servers = new Servers(cache, beside, secrets, plan.cutover());
        try {
            for (var end : List.of(plan.source(), plan.target())) servers.prepare(end, load);
            Database target = servers.open(plan.target().server());
            var staging = plan.staging().server();
            databases = new Databases(
                    servers.open(plan.origin().server()), target, staging == null ? target : servers.open(staging));
        } catch (RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    Path beside() {
        return beside;
    }

    Databases databases() {
        return databases;
    }

    Environment target() {
        return plan.target();
    }

    /** The target's server once more, without the locks that were taken on it. */
    Database targetAnew() {
        return servers.open(plan.target().server());
    }

    /**
     * Takes the locks of target and staging, after making sure that the servers are those that {@code graph} was
     * compiled for: a plan may name other ones in another shell. What is only read needs no lock.
     *
     * @param doing what they are taken for, as in {@code run dev-to-uat-2026-11-20T09-12-44}
     */
    Locks lock(Graph graph, String doing) {
        requireSame("target", graph.target(), databases.target());
        try (var target = databases.target().catalogue()) {
            mark(graph.target()).requireTarget(target);
        }
        if (plan.extent().hasSource()) {
            requireSame("source", graph.source(), databases.source());
            try (var source = databases.source().catalogue()) {
                mark(graph.source()).requireSource(source);
            }
        }
        return plan.extent().writes() ? take(graph, doing) : new Locks(List.of());
    }

    /** Takes the locks of target and staging, whatever is done with them. */
    Locks take(Graph graph, String doing) {
        var owner = Owner.here(doing);
        var target = TargetLock.take(
                databases.target(), graph.target().identity(), graph.target().schema(), owner, lease);
        if (!graph.staging().own()) return new Locks(List.of(target));
        try {
            String identity = identity(databases.staging());
            String schema = graph.staging().schema();
            if (databases.staging() == databases.target()) {
                target.also(TargetLock.name(identity, schema));
                return new Locks(List.of(target));
            }
            return new Locks(List.of(target, TargetLock.takeStaging(databases.staging(), identity, schema, owner)));
        } catch (Refusal refusal) {
            target.close();
            throw refusal;
        }
    }

    /** Takes the lock of the target, also from one who lives if {@code force} says so; returns who had left it behind. */
    @Nullable
    String unlock(boolean force) {
        String identity = identity(databases.target());
        String schema = plan.target().schema();
        var owner = Owner.here("unlock");
        try (var lock = force
                ? TargetLock.takeByForce(databases.target(), identity, schema, owner, lease)
                : TargetLock.take(databases.target(), identity, schema, owner, lease)) {
            return lock.predecessor();
        }
    }

    /** Locks that are held together. */
    record Locks(List<ServerLock> held) implements AutoCloseable {
        /** Refuses when one of them was lost. */
        void require() {
            held.forEach(ServerLock::require);
        }

        void whenLost(Runnable then) {
            held.forEach(lock -> lock.whenLost(then));
        }

        @Override
        public void close() {
            held.forEach(ServerLock::close);
        }
    }

    static Duration lease(Map<String, String> environment) {
        String seconds = environment.getOrDefault("WFUMIG_LEASE_SECONDS", "");
        if (seconds.isEmpty()) return TargetLock.LEASE;
        if (seconds.matches("[1-9]\\d{0,5}")) return Duration.ofSeconds(Long.parseLong(seconds));
        throw new Refusal(
                Refusal.Kind.INVALID,
                Problem.of(
                        "WFUMIG_LEASE_SECONDS is '" + seconds + "'",
                        "a number of seconds, 1 or more",
                        "nothing was written",
                        "unset it, or set it to 60"));
    }

    private static void requireSame(String side, Graph.Side planned, Database database) {
        String found = identity(database);
        if (found.equals(planned.identity())) return;
        throw new Refusal(
                Refusal.Kind.STALE,
                Problem.of(
                        "the " + side + "'s server is " + found + ", the run was made for " + planned.identity(),
                        "the same server; the plan takes values from outside",
                        "nothing was written",
                        "set the same environment variables as for the run"));
    }

    private static TargetMark mark(Graph.Side side) {
        return new TargetMark(side.environment(), side.identity(), side.schema());
    }

    static String identity(Database database) {
        try (var catalogue = database.catalogue()) {
            return catalogue.facts().identity();
        }
    }

    /** Surveys both ends and compiles; reads only. What the plan names beside it must be in order too. */
    Graph compile() {
        if (plan.migrations() != null) {
            plan.migrations().folders().forEach(folder -> Description.read(beside.resolve(folder)));
        }
        return Compiler.compile(plan, inventory());
    }

    private Inventory inventory() {
        return switch (plan.extent().part()) {
            case WHOLE -> Survey.of(plan, databases.source(), databases.target());
            case EXPORT, BACKUP, VERIFY -> Survey.ofOne(plan, databases.target());
            // The source says only where its sites answer.
            case TRANSFORM ->
                Survey.of(plan, servers.open(plan.source().server()), databases.target())
                        .inPlace();
            case RESTORE -> {
                var manifest = Manifest.alone(Path.of(plan.extent().file()));
                yield DumpSurvey.of(plan, manifest, databases.target());
            }
            case IMPORT ->
                Survey.of(plan, databases.source(), databases.target()).atTheirAddresses();
        };
    }

    /** Tells whom the plan wants to be told. */
    Announcer announcer(Graph graph) {
        return new Announcer(plan.notices(), graph, secret -> secrets.value(secret.name()), System.err);
    }

    /** The plan's archive, opened when it is first asked for; null when the plan names none. */
    @Nullable
    ArchiveStore archive() {
        if (archive == null) archive = Archives.open(plan.archive(), secrets);
        return archive;
    }

    @Override
    public void close() {
        if (archive != null) archive.close();
        servers.close();
    }
}
