package edu.wfu.wfumig.graph;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.graph.Graph.Place;
import edu.wfu.wfumig.graph.Graph.Side;
import edu.wfu.wfumig.inventory.Holding;
import edu.wfu.wfumig.inventory.Inventory;
import edu.wfu.wfumig.plan.Cutover;
import edu.wfu.wfumig.plan.Environment;
import edu.wfu.wfumig.plan.Extent;
import edu.wfu.wfumig.plan.Plan;
import edu.wfu.wfumig.plan.Server;
import edu.wfu.wfumig.wordpress.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * Compiles a plan and an inventory into a graph: a pure function.
 *
 * <ol>
 *   <li>The plan chooses scopes: sites, or in a plan without sites one scope of tables.
 *   <li>Rules that follow from what moves come behind the author's.
 *   <li>What the target lacks is mapped; what looks wrong becomes a risk.
 *   <li>Each scope gets its lane of steps. The network's lane runs first and alone: sites refer to its users. Large
 *       sites come last when the plan defers them.
 * </ol>
 *
 * All problems are found in one pass and thrown together.
 */
public final class Compiler {
    /** Ends the names of schemas for kept tables; the run's digits follow. */
    public static final String KEPT_SCHEMA = "_wfumig_kept";

    private final Plan plan;
    private final Inventory inventory;
    private final List<Problem> problems = new ArrayList<>();

    private Compiler(Plan plan, Inventory inventory) {
        this.plan = plan;
        this.inventory = inventory;
    }

    public static Graph compile(Plan plan, Inventory inventory) {
        return new Compiler(plan, inventory).compile();
    }

    private Graph compile() {
        Holding source = inventory.source();
        Holding target = inventory.target();
        places();
        var sites = plan.sites();
        var chosen = sites == null
                ? TableScope.of(plan, inventory, problems)
                : SiteScopes.of(plan, sites, inventory, problems);
        if (!problems.isEmpty()) throw new Refusal(Refusal.Kind.INVALID, problems);

        var scopes = chosen.scopes();
        var rules = new LinkedHashMap<String, Rule>();
        plan.rewrite().replacements().forEach(r -> rules.put(r.find(), new Rule(r.find(), r.with(), r.regex())));
        chosen.rules().forEach(rule -> rules.putIfAbsent(rule.find(), rule));
        var moving = new HashSet<String>();
        scopes.forEach(scope -> moving.addAll(scope.tableNames()));
        var movingTables = source.tables().stream()
                .filter(table -> moving.contains(table.name()))
                .toList();
        boolean postgres = plan.target().server().postgres();
        String stagingSchema = plan.staging().schema();
        var staging = stagingSchema == null ? new Place(target.schema(), false) : new Place(stagingSchema, true);
        // On PostgreSQL a table keeps its name wherever it stands: it always goes to a schema of wfumig's own.
        var kept = postgres || target.server().createsSchemas() && staging.own()
                ? new Place(target.schema() + KEPT_SCHEMA, true)
                : new Place(target.schema(), false);
        var lanes = Lanes.of(plan, scopes);
        return new Graph(
                        plan.name(),
                        plan.digest(),
                        side(plan.origin(), source),
                        side(plan.target(), target),
                        staging,
                        plan.staging().server() == null ? staging : new Place(target.schema(), false),
                        kept,
                        List.copyOf(scopes),
                        List.copyOf(rules.values()),
                        postgres ? List.of() : Mappings.of(movingTables, source.server(), target.server()),
                        Catches.of(plan, chosen.candidates()),
                        risks(scopes, chosen.risks(), moving),
                        lanes.steps(),
                        lanes.edges(),
                        "")
                .identified();
    }

    private List<String> risks(List<Scope> scopes, List<String> chosen, Set<String> moving) {
        var risks = new Risks(inventory, scopes, chosen, moving, plan.tables(), plan.cutover() == Cutover.SWAP).list();
        if (plan.extent().part() == Extent.Part.TRANSFORM) {
            risks.add(
                    "what is written to a site between reading it and its cutover stays in the old tables: let nobody write");
        }
        return risks;
    }

    /** Whether source, target and staging are three places: names in a plan may hide that they are not. */
    private void places() {
        Holding source = inventory.source();
        Holding target = inventory.target();
        boolean oneDatabase = source.server().identity().equals(target.server().identity())
                && database(plan.origin().server())
                        .equals(database(plan.target().server()));
        if (oneDatabase
                && source.schema().equals(target.schema())
                && !plan.extent().oneSchema()) {
            problems.add(Problem.at(
                    plan.target().location(),
                    "source and target are the same schema '" + target.schema() + "' on one server, under two names",
                    "two schemas"));
        }
        String staging = plan.staging().schema();
        boolean withTarget = plan.staging().server() == null;
        if (withTarget
                && (target.schema().equals(staging)
                        || oneDatabase && source.schema().equals(staging))) {
            problems.add(Problem.at(
                    plan.location(),
                    "the staging schema '" + staging + "' is one that the plan reads or changes",
                    "a schema that holds nothing else"));
        }
    }

    /** On PostgreSQL a server has many databases, each with schemas of its own. */
    private static String database(Server server) {
        if (server instanceof Server.Postgres postgres) return postgres.database();
        if (server instanceof Server.EmbeddedPostgres postgres) return postgres.database();
        return "";
    }

    private static Side side(Environment environment, Holding holding) {
        return new Side(
                environment.name(),
                holding.server().toString(),
                holding.server().identity(),
                holding.schema(),
                holding.prefix(),
                holding.server().mariadb());
    }
}
