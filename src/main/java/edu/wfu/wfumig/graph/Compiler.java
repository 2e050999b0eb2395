package edu.wfu.wfumig.graph;

import edu.wfu.wfumig.Address;
import edu.wfu.wfumig.Location;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.graph.Graph.Place;
import edu.wfu.wfumig.graph.Graph.Side;
import edu.wfu.wfumig.graph.Scope.ScopeTable;
import edu.wfu.wfumig.graph.Scope.SiteList;
import edu.wfu.wfumig.inventory.Holding;
import edu.wfu.wfumig.inventory.Inventory;
import edu.wfu.wfumig.inventory.Site;
import edu.wfu.wfumig.inventory.Table;
import edu.wfu.wfumig.plan.Environment;
import edu.wfu.wfumig.plan.Plan;
import edu.wfu.wfumig.plan.Tables.RowFilter;
import edu.wfu.wfumig.wordpress.Rule;
import edu.wfu.wfumig.wordpress.TableOwner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a plan and an inventory into a graph: a pure function.
 *
 * <ol>
 *   <li>Tables of the source are given to their owners: network, sites, orphans, others.
 *   <li>The plan chooses sites, then tables of each.
 *   <li>Addresses on the target are found and rules derived; the author's rules come first.
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
    private final Map<TableOwner, List<String>> views;

    private Compiler(Plan plan, Inventory inventory) {
        this.plan = plan;
        this.inventory = inventory;
        var ids = siteIds(inventory.source());
        String prefix = inventory.source().prefix();
        views = inventory.source().views().stream()
                .filter(view -> plan.tables().moves(view))
                .collect(Collectors.groupingBy(view -> TableOwner.of(view, prefix, ids::contains)));
    }

    public static Graph compile(Plan plan, Inventory inventory) {
        return new Compiler(plan, inventory).compile();
    }

    private Graph compile() {
        Holding source = inventory.source();
        Holding target = inventory.target();
        if (!source.holdsNetwork()) {
            throw refuse(
                    plan.location(),
                    "schema " + source.schema() + " of " + plan.from() + " holds no WordPress network: "
                            + source.prefix() + "blogs is missing or empty",
                    "a multisite database under this table prefix");
        }
        if (!target.holdsNetwork() && !plan.sites().networkTables()) {
            problems.add(new Problem(
                    plan.sites().location(),
                    "schema " + target.schema() + " of " + plan.to() + " holds no WordPress network",
                    "a target with a network, or a plan that brings the network tables",
                    "nothing was written",
                    "add networkTables() to the plan's sites block"));
        }
        if (source.server().identity().equals(target.server().identity())
                && source.schema().equals(target.schema())) {
            problems.add(Problem.at(
                    plan.target().location(),
                    "source and target are the same schema '" + target.schema() + "' on one server, under two names",
                    "two schemas"));
        }
        if (!target.holdsNetwork() && plan.target().url() == null) {
            problems.add(Problem.at(
                    plan.target().location(),
                    "the target holds no network yet, and environment '" + plan.to() + "' has no url",
                    "url 'https://…', the address that the network is to have"));
        }
        var sourceTables = owned(source);
        var targetTables = owned(target);
        var addresses = Addresses.of(plan, inventory);
        var chosen = SiteChoice.of(plan.sites(), source.sites(), problems);
        if (chosen.isEmpty() && problems.isEmpty()) {
            problems.add(Problem.at(plan.sites().location(), "no site is left to move", "at least one site"));
        }
        var targetIds = target.sites().stream().map(Site::id).collect(Collectors.toSet());

        var scopes = new ArrayList<Scope>();
        if (plan.sites().networkTables()) scopes.add(network(sourceTables, targetTables, chosen, addresses, targetIds));
        var sites = new ArrayList<Scope>();
        for (var choice : chosen) {
            var owner = new TableOwner.Site(choice.site().id());
            var tables = sourceTables.getOrDefault(owner, List.of());
            sites.add(scope(
                    ScopeId.ofSite(choice.site().id()),
                    choice,
                    tables,
                    targetTables.getOrDefault(owner, List.of()),
                    addresses,
                    !targetIds.contains(choice.site().id())));
        }
        if (plan.largeSites().deferToEnd()) sites.sort(Comparator.comparing(Scope::large));
        scopes.addAll(sites);
        if (!problems.isEmpty()) throw new Refusal(Refusal.Kind.INVALID, problems);

        var rules = new LinkedHashMap<String, Rule>();
        plan.rewrite().replacements().forEach(r -> rules.put(r.find(), new Rule(r.find(), r.with(), r.regex())));
        addresses.rules().forEach(rule -> rules.putIfAbsent(rule.find(), rule));
        var moving = new HashSet<String>();
        scopes.forEach(scope -> moving.addAll(scope.tableNames()));
        var movingTables = source.tables().stream()
                .filter(table -> moving.contains(table.name()))
                .toList();
        var mappings = Mappings.of(movingTables, source.server(), target.server());
        String stagingSchema = plan.staging().schema();
        var staging = stagingSchema == null ? new Place(target.schema(), false) : new Place(stagingSchema, true);
        var kept = target.server().createsSchemas() && staging.own()
                ? new Place(target.schema() + KEPT_SCHEMA, true)
                : new Place(target.schema(), false);
        var lanes = Lanes.of(plan, scopes);
        return new Graph(
                        plan.name(),
                        plan.digest(),
                        side(plan.source(), source),
                        side(plan.target(), target),
                        staging,
                        plan.staging().server() == null ? staging : new Place(target.schema(), false),
                        kept,
                        List.copyOf(scopes),
                        List.copyOf(rules.values()),
                        mappings,
                        Catches.of(plan, candidates(sourceTables, scopes)),
                        new Risks(plan, inventory, scopes, sourceTables, moving).list(),
                        lanes.steps(),
                        lanes.edges(),
                        "")
                .identified();
    }

    private Scope network(
            Map<TableOwner, List<Table>> sourceTables,
            Map<TableOwner, List<Table>> targetTables,
            List<SiteChoice> chosen,
            Addresses addresses,
            Set<Long> targetIds) {
        var owner = new TableOwner.Network();
        var moving = new TreeSet<Long>();
        var onBoth = new TreeMap<Long, Address>();
        for (var choice : chosen) {
            long id = choice.site().id();
            var address = addresses.onTarget().get(id);
            moving.add(id);
            if (targetIds.contains(id) && address != null) onBoth.put(id, address);
        }
        var kept =
                targetIds.stream().filter(id -> !moving.contains(id)).sorted().toList();
        var tables = sourceTables.getOrDefault(owner, List.of());
        var present = targetTables.getOrDefault(owner, List.of());
        return new Scope(
                ScopeId.NETWORK,
                null,
                null,
                !inventory.target().holdsNetwork(),
                false,
                moving(tables),
                replaced(tables, present),
                staying(tables, present),
                List.of(),
                new SiteList(addresses.main(), mainNetwork(), onBoth, moving, kept),
                plan.sites().location());
    }

    private Scope scope(
            ScopeId id,
            SiteChoice choice,
            List<Table> tables,
            List<Table> present,
            Addresses addresses,
            boolean isNew) {
        var moving = moving(tables);
        long bytes = moving.stream().mapToLong(ScopeTable::bytes).sum();
        long rows = moving.stream().mapToLong(ScopeTable::rows).sum();
        return new Scope(
                id,
                choice.site(),
                addresses.onTarget().get(choice.site().id()),
                isNew,
                plan.largeSites().holds(choice.site().id(), bytes, rows),
                moving,
                replaced(tables, present),
                staying(tables, present),
                views.getOrDefault(new TableOwner.Site(choice.site().id()), List.of()),
                null,
                choice.origin());
    }

    private List<ScopeTable> moving(List<Table> tables) {
        return tables.stream()
                .filter(table -> plan.tables().moves(table.name()))
                .map(table -> new ScopeTable(
                        table.name(),
                        table.rows(),
                        table.bytes(),
                        table.hasKey(),
                        filter(table.name()),
                        table.shape().columns().stream()
                                .filter(column ->
                                        column.text() && plan.rewrite().skips(table.name(), column.name()))
                                .map(column -> column.name())
                                .toList()))
                .toList();
    }

    private @Nullable String filter(String table) {
        if (plan.tables().structureOnly().stream().anyMatch(glob -> glob.matches(table))) {
            return ScopeTable.STRUCTURE_ONLY;
        }
        String conditions = plan.tables().where().stream()
                .filter(filter -> filter.tables().matches(table))
                .map(RowFilter::condition)
                .collect(Collectors.joining(") AND ("));
        return conditions.isEmpty() ? null : "(" + conditions + ")";
    }

    private List<String> replaced(List<Table> tables, List<Table> present) {
        var names = present.stream().map(Table::name).collect(Collectors.toSet());
        return moving(tables).stream()
                .map(ScopeTable::name)
                .filter(names::contains)
                .toList();
    }

    private List<String> staying(List<Table> tables, List<Table> present) {
        var names = moving(tables).stream().map(ScopeTable::name).collect(Collectors.toSet());
        return present.stream()
                .map(Table::name)
                .filter(name -> !names.contains(name))
                .toList();
    }

    private static List<Table> candidates(Map<TableOwner, List<Table>> owned, List<Scope> scopes) {
        return scopes.stream()
                .flatMap(scope -> owned
                        .getOrDefault(
                                scope.site() == null
                                        ? new TableOwner.Network()
                                        : new TableOwner.Site(scope.site().id()),
                                List.of())
                        .stream())
                .toList();
    }

    private long mainNetwork() {
        return inventory.source().sites().stream()
                .filter(site -> site.id() == TableOwner.MAIN_SITE)
                .findFirst()
                .map(Site::networkId)
                .orElse(1L);
    }

    private static Map<TableOwner, List<Table>> owned(Holding holding) {
        var ids = siteIds(holding);
        return holding.tables().stream()
                .filter(table -> !TableNames.reserved(table.name()))
                .collect(Collectors.groupingBy(table -> TableOwner.of(table.name(), holding.prefix(), ids::contains)));
    }

    private static Set<Long> siteIds(Holding holding) {
        return holding.sites().stream().map(Site::id).collect(Collectors.toSet());
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

    private static Refusal refuse(Location at, String found, String expected) {
        return new Refusal(Refusal.Kind.INVALID, Problem.at(at, found, expected));
    }
}
