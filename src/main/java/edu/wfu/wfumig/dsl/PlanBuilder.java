package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.Location;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.plan.Archive;
import edu.wfu.wfumig.plan.Backup;
import edu.wfu.wfumig.plan.Cutover;
import edu.wfu.wfumig.plan.Environment;
import edu.wfu.wfumig.plan.Extent;
import edu.wfu.wfumig.plan.Failures;
import edu.wfu.wfumig.plan.LargeSites;
import edu.wfu.wfumig.plan.Migrations;
import edu.wfu.wfumig.plan.Notices;
import edu.wfu.wfumig.plan.Parallel;
import edu.wfu.wfumig.plan.Plan;
import edu.wfu.wfumig.plan.Rewrite;
import edu.wfu.wfumig.plan.Sites;
import edu.wfu.wfumig.plan.Staging;
import edu.wfu.wfumig.plan.Tables;
import edu.wfu.wfumig.plan.Throttle;
import edu.wfu.wfumig.plan.Verify;
import groovy.lang.Closure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a plan while its script runs. What is wrong is collected, so that all of it can be told at once. */
final class PlanBuilder extends BlockBuilder implements MigrationBlock {
    /** Each has a connection that writes; the fence knows of 128 at most. */
    private static final int MOST_STREAMS = 100;

    /** Where tables are staged in a database of PostgreSQL, unless the plan says otherwise. */
    private static final String STAGING = "wfumig_staging";

    private final String digest;
    private final Extent extent;
    private final Map<String, Environment> environments = new LinkedHashMap<>();
    private final Map<String, Location> seen = new LinkedHashMap<>();

    private @Nullable String name;
    private Location location;
    private String description = "";
    private @Nullable Named from;
    private @Nullable Named to;
    private Staging staging = new Staging(null, null);
    private @Nullable Sites sites;
    private @Nullable TablesBuilder tables;
    private Rewrite rewrite = new Rewrite(List.of(), List.of(), List.of());
    private LargeSites largeSites = LargeSites.NONE;
    private Failures failures = Failures.DEFAULT;
    private Parallel parallel = new Parallel(2, 2);
    private Throttle throttle = Throttle.NONE;
    private Backup backup = new Backup(Duration.ofDays(7), false);
    private @Nullable Verify verify;
    private Cutover cutover = Cutover.SWAP;
    private Archive archive = new Archive.Nowhere();
    private Notices notices = Notices.NONE;
    private @Nullable Migrations migrations;

    /** A name as written at a place. */
    record Named(String name, Location at) {}

    PlanBuilder(PlanReading reading, String digest, Extent extent) {
        super(reading);
        this.digest = digest;
        this.extent = extent;
        this.location = new Location(reading.file(), 0);
    }

    void migration(String title, Closure<?> body) {
        if (name != null) {
            reading.problem("a second migration in one file", "one migration per plan file");
            return;
        }
        name = title;
        location = here();
        if (!title.matches("[a-zA-Z0-9][a-zA-Z0-9._-]{0,80}")) {
            reading.problem("'" + title + "' cannot name a migration", "letters, digits, dots, dashes and underscores");
        }
        run(body);
    }

    /** The plan, when no problem was found. */
    @Nullable
    Plan build() {
        if (name == null) {
            reading.problems().add(Problem.at(location, "no migration in this file", "migration('name') { … }"));
            return null;
        }
        if (!seen.containsKey("staging")) staging = new SmallBuilders.StagingBuilder(reading).build();
        var wanted = tables == null ? Tables.all(location) : tables.build();
        var places = inSchema(wanted.schema() == null ? Tables.PUBLIC : wanted.schema());
        var checks = new PlanChecks(reading.problems(), location, places);
        checks.ends(from, to, extent);
        boolean postgres = checks.postgres(from, to);
        if (postgres && staging.schema() == null) staging = new Staging(STAGING, staging.server());
        checks.staging(staging, to);
        if (sites != null) checks.sites(sites, postgres);
        else checks.tables(tables == null ? null : wanted);
        if (sites == null) checks.withoutSites(seen, verify);
        if (sites != null && tables != null && tables.compares()) checks.compared(wanted);
        if (!postgres) checks.mysql(wanted, cutover, seen);
        if (!reading.problems().isEmpty() || from == null || to == null) return null;
        return new Plan(
                name,
                description,
                location,
                Map.copyOf(places),
                from.name(),
                to.name(),
                staging,
                sites,
                wanted,
                rewrite,
                largeSites,
                failures,
                parallel,
                throttle,
                backup,
                verify != null ? verify : sites != null ? Verify.OF_SITES : Verify.OF_TABLES,
                cutover,
                archive,
                notices,
                extent,
                migrations,
                List.copyOf(reading.inputs()),
                digest);
    }

    /** The environments, those of PostgreSQL with the schema that the plan names for both sides. */
    private Map<String, Environment> inSchema(String schema) {
        var places = new LinkedHashMap<String, Environment>();
        environments.forEach((title, one) -> places.put(title, one.server().postgres() ? one.in(schema) : one));
        return places;
    }

    @Override
    public void description(String text) {
        once("description");
        description = text;
    }

    @Override
    public void environment(String title) {
        add(title, null);
    }

    @Override
    public void environment(String title, Closure<?> body) {
        add(title, body);
    }

    private void add(String title, @Nullable Closure<?> body) {
        Location at = here();
        if (environments.containsKey(title))
            reading.problem("environment '" + title + "' stands here twice", "one block each");
        var builder = new EnvironmentBuilder(reading, title, at);
        if (body != null) builder.run(body);
        builder.build().ifPresent(environment -> environments.put(title, environment));
    }

    @Override
    public void from(String environment) {
        once("from");
        from = new Named(environment, here());
    }

    @Override
    public void to(String environment) {
        once("to");
        to = new Named(environment, here());
    }

    @Override
    public void staging(Closure<?> body) {
        once("staging");
        var builder = new SmallBuilders.StagingBuilder(reading);
        builder.run(body);
        staging = builder.build();
    }

    @Override
    public void sites(Closure<?> body) {
        once("sites");
        var builder = new SitesBuilder(reading, here());
        builder.run(body);
        sites = builder.build();
    }

    @Override
    public void tables(Closure<?> body) {
        once("tables");
        tables = new TablesBuilder(reading, here());
        tables.run(body);
    }

    @Override
    public void rewrite(Closure<?> body) {
        once("rewrite");
        var builder = new SmallBuilders.RewriteBuilder(reading);
        builder.run(body);
        rewrite = builder.build();
    }

    @Override
    public void largeSites(Closure<?> body) {
        once("largeSites");
        var builder = new SmallBuilders.LargeSitesBuilder(reading);
        builder.run(body);
        largeSites = builder.build();
    }

    @Override
    public void failures(Closure<?> body) {
        once("failures");
        var builder = new FailuresBuilder(reading);
        builder.run(body);
        failures = builder.build();
    }

    @Override
    public void parallel(Closure<?> body) {
        once("parallel");
        var builder = new SmallBuilders.ParallelBuilder(reading);
        builder.run(body);
        int streams = builder.sites * builder.chunks;
        if (streams > MOST_STREAMS) {
            reading.problem(streams + " loaders at a time: sites times chunks", "at most " + MOST_STREAMS);
        }
        parallel = new Parallel(builder.sites, builder.chunks);
    }

    @Override
    public void throttle(Closure<?> body) {
        once("throttle");
        var builder = new ThrottleBuilder(reading);
        builder.run(body);
        throttle = builder.build();
    }

    @Override
    public void backup(Closure<?> body) {
        once("backup");
        var builder = new SmallBuilders.BackupBuilder(reading);
        builder.run(body);
        backup = new Backup(builder.keep, builder.dump);
    }

    @Override
    public void verify(Closure<?> body) {
        once("verify");
        var builder = new SmallBuilders.VerifyBuilder(reading);
        builder.run(body);
        verify = builder.build();
    }

    @Override
    public void cutover(Closure<?> body) {
        once("cutover");
        var builder = new SmallBuilders.CutoverBuilder(reading);
        builder.run(body);
        cutover = builder.build();
    }

    @Override
    public void archive(Closure<?> body) {
        once("archive");
        var builder = new ArchiveBuilder(reading);
        builder.run(body);
        archive = builder.build();
    }

    @Override
    public void notification(Closure<?> body) {
        once("notify");
        var builder = new NotifyBuilder(reading);
        builder.run(body);
        notices = builder.build();
    }

    @Override
    public void schema(Closure<?> body) {
        once("schema");
        var builder = new SchemaBuilder(reading, here());
        builder.run(body);
        migrations = builder.build();
    }

    private void once(String word) {
        Location before = seen.putIfAbsent(word, here());
        if (before != null)
            reading.problem("`" + word + "` stands here for the second time, first at " + before, "once");
    }
}
