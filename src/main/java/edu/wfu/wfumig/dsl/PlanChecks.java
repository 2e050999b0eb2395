package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.Location;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.plan.Cutover;
import edu.wfu.wfumig.plan.Environment;
import edu.wfu.wfumig.plan.Extent;
import edu.wfu.wfumig.plan.Sites;
import edu.wfu.wfumig.plan.Sites.SiteRange;
import edu.wfu.wfumig.plan.Staging;
import edu.wfu.wfumig.plan.Tables;
import edu.wfu.wfumig.plan.Verify;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a plan as a whole, without looking at a database. */
record PlanChecks(List<Problem> problems, Location plan, Map<String, Environment> environments) {

    void ends(PlanBuilder.@Nullable Named from, PlanBuilder.@Nullable Named to, Extent extent) {
        known("from", from);
        known("to", to);
        if (from == null || to == null || extent.oneEnvironment()) return;
        var source = environments.get(from.name());
        var target = environments.get(to.name());
        if (source == null || target == null) return;
        if (from.name().equals(to.name())) {
            problems.add(Problem.at(to.at(), "source and target are both '" + to.name() + "'", "two environments"));
        } else if (source.server().same(target.server()) && source.schema().equals(target.schema())) {
            problems.add(Problem.at(
                    to.at(),
                    "source and target are the same schema '" + target.schema() + "' on " + target.server(),
                    "two schemas"));
        }
        if (source.server().postgres() != target.server().postgres()) {
            problems.add(Problem.at(
                    to.at(),
                    "'" + from.name() + "' is " + product(source) + ", '" + to.name() + "' is " + product(target),
                    "one product on both sides: MySQL and MariaDB, or PostgreSQL"));
        }
        if (!source.tablePrefix().equals(target.tablePrefix())) {
            problems.add(Problem.at(
                    target.location(),
                    "table prefixes differ: '" + source.tablePrefix() + "' and '" + target.tablePrefix() + "'",
                    "one prefix on both sides; wfumig does not rename prefixes"));
        }
    }

    private static String product(Environment environment) {
        return environment.server().postgres() ? "PostgreSQL" : "MySQL or MariaDB";
    }

    /** Whether the plan moves PostgreSQL's tables. */
    boolean postgres(PlanBuilder.@Nullable Named... ends) {
        return Stream.of(ends)
                .flatMap(end -> end == null ? Stream.empty() : Stream.ofNullable(environments.get(end.name())))
                .anyMatch(end -> end.server().postgres());
    }

    private void known(String word, PlanBuilder.@Nullable Named named) {
        if (named == null) {
            problems.add(Problem.at(plan, "`" + word + "` is missing", word + " '<environment>'"));
        } else if (!environments.containsKey(named.name())) {
            problems.add(Problem.at(
                    named.at(),
                    "no environment is called '" + named.name() + "'"
                            + Nearest.hint(named.name(), environments.keySet()),
                    environments.isEmpty() ? "an environment block" : "one of " + environments.keySet()));
        }
    }

    void staging(Staging staging, PlanBuilder.@Nullable Named to) {
        var target = to == null ? null : environments.get(to.name());
        if (staging.server() != null && target != null && target.server().postgres()) {
            problems.add(Problem.at(
                    plan,
                    "a staging server of its own for '" + target.name() + "', which is PostgreSQL",
                    "staging { schema 'name' }: a schema in the target's database"));
            return;
        }
        if (staging.schema() == null) return;
        for (var environment : environments.values()) {
            var server = staging.server() != null ? staging.server() : target == null ? null : target.server();
            if (server != null
                    && environment.server().same(server)
                    && environment.schema().equals(staging.schema())) {
                problems.add(Problem.at(
                        plan,
                        "the staging schema '" + staging.schema() + "' is that of environment '" + environment.name()
                                + "'",
                        "a schema that holds nothing else"));
            }
        }
    }

    /** What a plan without sites needs. */
    void tables(@Nullable Tables tables) {
        if (tables == null) {
            problems.add(Problem.at(
                    plan,
                    "neither a sites nor a tables block",
                    "sites { all() } or a list of sites; or tables { include '…' } for a plan without sites"));
        } else if (tables.include().isEmpty()) {
            problems.add(Problem.at(
                    tables.location(),
                    "a plan without sites, and not said which tables move",
                    "include 'archive_*', or include '*' for all; or a sites block"));
        }
    }

    /**
     * Words that only sites have.
     *
     * @param seen where each word of the plan stands
     */
    void withoutSites(Map<String, Location> seen, @Nullable Verify verify) {
        var large = seen.get("largeSites");
        if (large != null) {
            problems.add(Problem.at(large, "`largeSites` in a plan without sites", "a sites block, or no largeSites"));
        }
        var at = seen.get("verify");
        if (at != null && verify != null && verify.orphans()) {
            problems.add(Problem.at(
                    at, "orphans() in a plan without sites", "foreignKeys(); WordPress alone has pointers by name"));
        }
    }

    /** Words of the tables block that only a plan without sites has. */
    void compared(Tables tables) {
        problems.add(Problem.at(
                tables.location(),
                "`missing` or `different` in a plan with sites",
                "neither: a site's tables come out as they are on the source"));
    }

    /**
     * Words that MySQL and MariaDB do not have.
     *
     * @param seen where each word of the plan stands
     */
    void mysql(Tables tables, Cutover cutover, Map<String, Location> seen) {
        if (tables.schema() != null) {
            problems.add(Problem.at(
                    tables.location(),
                    "a schema in the tables block, and no PostgreSQL in the plan",
                    "the schema in the environment's mysql or embedded block"));
        }
        var at = seen.get("cutover");
        if (at != null && cutover == Cutover.TRUNCATE_AND_LOAD) {
            problems.add(Problem.at(
                    at,
                    "truncateAndLoad() on MySQL or MariaDB, where every TRUNCATE is committed by itself",
                    "swap(); one transaction over all tables is PostgreSQL's"));
        }
    }

    void sites(Sites sites, boolean postgres) {
        if (postgres) {
            problems.add(Problem.at(
                    sites.location(),
                    "a sites block in a plan for PostgreSQL",
                    "tables { include '…' }; WordPress and its sites live on MySQL and MariaDB"));
            return;
        }
        if (!sites.all() && sites.listed().isEmpty()) {
            problems.add(Problem.at(sites.location(), "no sites are chosen", "all(), or sites 1, 22, 43..70"));
        }
        for (int i = 0; i < sites.listed().size(); i++) {
            SiteRange range = sites.listed().get(i);
            if (range.first() < 1) problems.add(Problem.at(range.location(), "site " + range.first(), "1 or more"));
            for (SiteRange earlier : sites.listed().subList(0, i)) {
                if (range.first() <= earlier.last() && earlier.first() <= range.last()) {
                    problems.add(Problem.at(
                            range.location(),
                            "site " + Math.max(range.first(), earlier.first()) + " is listed twice, first at "
                                    + earlier.location(),
                            "each site once"));
                }
            }
        }
        var domains = new HashMap<String, Sites.DomainPair>();
        for (var pair : sites.domains()) {
            var earlier = domains.putIfAbsent(pair.from(), pair);
            if (earlier != null) {
                problems.add(Problem.at(
                        pair.location(),
                        "domain '" + pair.from() + "' is mapped twice, first at " + earlier.location(),
                        "each domain once"));
            }
        }
    }
}
