package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.Location;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.plan.Environment;
import edu.wfu.wfumig.plan.Sites;
import edu.wfu.wfumig.plan.Sites.SiteRange;
import edu.wfu.wfumig.plan.Staging;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a plan as a whole, without looking at a database. */
record PlanChecks(List<Problem> problems, Location plan, Map<String, Environment> environments) {

    void ends(PlanBuilder.@Nullable Named from, PlanBuilder.@Nullable Named to) {
        known("from", from);
        known("to", to);
        if (from == null || to == null) return;
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
        if (!source.tablePrefix().equals(target.tablePrefix())) {
            problems.add(Problem.at(
                    target.location(),
                    "table prefixes differ: '" + source.tablePrefix() + "' and '" + target.tablePrefix() + "'",
                    "one prefix on both sides; wfumig does not rename prefixes"));
        }
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

    void sites(Sites sites) {
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
