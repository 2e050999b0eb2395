package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.archive.ArchiveStore;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.ServerLock;
import edu.wfu.wfumig.embedded.Product;
import edu.wfu.wfumig.ledger.Runs;
import edu.wfu.wfumig.lock.Owner;
import edu.wfu.wfumig.lock.TargetLock;
import edu.wfu.wfumig.lock.TargetMark;
import edu.wfu.wfumig.plan.Cutover;
import edu.wfu.wfumig.plan.Environment;
import edu.wfu.wfumig.schema.Installation;
import edu.wfu.wfumig.schema.Part;
import edu.wfu.wfumig.settings.Folders;
import edu.wfu.wfumig.settings.Secrets;
import edu.wfu.wfumig.steps.PartSafety;
import edu.wfu.wfumig.wordpress.TableOwner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The database of an environment, for migrations of its parts. An embedded server lives as long as this. */
final class SchemaPlace implements AutoCloseable {
    /** How the lock speaks of a living owner. */
    private static final String HELD = "another run holds the target";

    private final SchemaOptions options;
    private final Environment environment;
    private final Servers servers;
    private final Database database;
    private final Duration lease;
    private final Map<String, String> surroundings;
    private @Nullable ArchiveStore archive;

    SchemaPlace(SchemaOptions options, Map<String, String> surroundings) {
        this.options = options;
        this.surroundings = surroundings;
        environment = options.environment(surroundings);
        lease = Wiring.lease(surroundings);
        var cache = Folders.of(surroundings).cache();
        servers = new Servers(cache, options.beside(), secrets(surroundings), Cutover.SWAP);
        try {
            servers.prepare(environment, false);
            database = servers.open(environment.server());
        } catch (RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    private static Secrets secrets(Map<String, String> surroundings) {
        return new SecretPlaces(surroundings, Terminal.ofThisProcess()).all();
    }

    Environment environment() {
        return environment;
    }

    /** The parts that the options name. */
    List<Part> parts() {
        boolean postgres = environment.server().postgres();
        String own = postgres ? "" : environment.tablePrefix();
        String application = Part.application(options.folder());
        var chosen = options.allSites() ? sites(own) : options.sites();
        if (options.allSites() || !options.sites().isEmpty()) {
            if (options.prefix() != null || postgres) throw notBoth();
            requireKnown(own, chosen);
            return chosen.stream()
                    .map(site -> new Part(environment.schema(), TableOwner.sitePrefix(own, site), application, false))
                    .toList();
        }
        return List.of(new Part(
                environment.schema(), options.prefix() == null ? own : options.prefix(), application, postgres));
    }

    private List<Long> sites(String prefix) {
        var dialect = database.dialect();
        try (var catalogue = database.catalogue()) {
            return catalogue
                    .rows("SELECT blog_id FROM " + dialect.name(environment.schema(), prefix + "blogs")
                            + " ORDER BY blog_id")
                    .stream()
                    .map(row -> Long.parseLong(row.get(0)))
                    .toList();
        }
    }

    private void requireKnown(String prefix, List<Long> chosen) {
        var known = sites(prefix);
        var unknown = chosen.stream().filter(site -> !known.contains(site)).toList();
        if (unknown.isEmpty()) return;
        throw new Refusal(
                Refusal.Kind.INVALID,
                Problem.of(
                        "the network of '" + environment.name() + "' has no site " + unknown,
                        "sites of " + prefix + "blogs",
                        "nothing was run",
                        ""));
    }

    private static Refusal notBoth() {
        return new Refusal(
                Refusal.Kind.INVALID,
                Problem.of(
                        "--sites and --all-sites are of WordPress networks, and say which prefixes",
                        "one of --prefix, --sites and --all-sites",
                        "nothing was run",
                        ""));
    }

    Installation installation(Part part) {
        return Installation.open(database, part, by());
    }

    /** Who types, where, with which version. */
    static String by() {
        return System.getProperty("user.name") + "@" + Owner.here("").host() + ", wfumig "
                + Product.load().version();
    }

    /** Where dumps before migrations of an environment lie: beside the ledgers, apart from those of other servers. */
    static Path dumps(Runs runs, Environment environment) {
        String server =
                environment.name() + "-" + environment.server().toString().replaceAll("[^A-Za-z0-9.]+", "-");
        return runs.folder().resolve("schema-dumps").resolve(server);
    }

    /** Makes dumps, here and in the plan's archive. */
    PartSafety safety(Runs runs) {
        if (archive == null) archive = Archives.open(options.archive(surroundings), secrets(surroundings));
        return new PartSafety(database, dumps(runs, environment), archive, environment.name());
    }

    /**
     * Does work under the lock of the database, after making sure that it is the environment that it is taken for. It is the lock
     * of runs: nobody migrates what a run is replacing. Refuses in the end, too, when the lock was lost meanwhile.
     *
     * @param patience how long a living owner is waited for
     */
    void locked(String doing, Duration patience, Runnable work) {
        try (var lock = take(doing, patience)) {
            work.run();
            if (!lock.held()) throw told(lock.lost());
        }
    }

    private ServerLock take(String doing, Duration patience) {
        String identity = Wiring.identity(database);
        try (var catalogue = database.catalogue()) {
            new TargetMark(environment.name(), identity, environment.schema()).requireTarget(catalogue);
        }
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return TargetLock.take(database, identity, environment.schema(), Owner.here("schema " + doing), lease);
            } catch (Refusal refusal) {
                if (refusal.kind() != Refusal.Kind.LOCKED) throw refusal;
                if (System.nanoTime() >= deadline) throw told(refusal);
                pause();
            }
        }
    }

    private static void pause() {
        try {
            // Never quite the same, so that those who wait do not come all at once.
            Thread.sleep(200 + ThreadLocalRandom.current().nextInt(200));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes the lock to free it; returns who had left it behind. */
    @Nullable
    String unlock(boolean force) {
        String identity = Wiring.identity(database);
        var owner = Owner.here("schema unlock");
        try (var lock = force
                ? TargetLock.takeByForce(database, identity, environment.schema(), owner, lease)
                : TargetLock.take(database, identity, environment.schema(), owner, lease)) {
            return lock.predecessor();
        } catch (Refusal refusal) {
            throw told(refusal);
        }
    }

    /** A refusal of the lock in the words of migrations: who holds it may be a run, or somebody else who migrates. */
    static Refusal told(Refusal refusal) {
        if (refusal.kind() != Refusal.Kind.LOCKED) return refusal;
        var problem = refusal.problems().get(0);
        if (problem.found().contains("has lost its lock")) return lost(refusal);
        // Of a connection that does not end, the lock itself says what ends it.
        if (!problem.found().startsWith(HELD)) return refusal;
        return new Refusal(
                refusal.kind(),
                Problem.of(
                        problem.found().replace(HELD, "the database is held"),
                        "one run or migration per database at a time",
                        "nothing was run",
                        "wait for it with --wait 60; one that is dead is free at once or when its lease ends;"
                                + " or wfumig schema unlock --force"),
                refusal);
    }

    private static Refusal lost(Refusal refusal) {
        var problem = refusal.problems().get(0);
        return new Refusal(
                refusal.kind(),
                Problem.of(
                        problem.found(),
                        problem.expected(),
                        "nothing was run since; what is in is known",
                        "wfumig schema status; when nobody else is at it, type it again"),
                refusal);
    }

    @Override
    public void close() {
        if (archive != null) archive.close();
        servers.close();
    }
}
