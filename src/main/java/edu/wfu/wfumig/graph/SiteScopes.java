package edu.wfu.wfumig.graph;

import edu.wfu.wfumig.Address;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.graph.Scope.ScopeTable;
import edu.wfu.wfumig.graph.Scope.SiteList;
import edu.wfu.wfumig.inventory.Holding;
import edu.wfu.wfumig.inventory.Inventory;
import edu.wfu.wfumig.inventory.Site;
import edu.wfu.wfumig.inventory.Table;
import edu.wfu.wfumig.plan.Plan;
import edu.wfu.wfumig.plan.Sites;
import edu.wfu.wfumig.wordpress.TableOwner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The scopes of a plan with sites: one for each site that moves, and one for the network tables.
 *
 * <ol>
 *   <li>Tables of the source are given to their owners: network, sites, orphans, others.
 *   <li>The plan chooses sites, then tables of each.
 *   <li>Addresses on the target are found and rules derived.
 * </ol>
 */
final class SiteScopes {
    private final Plan plan;
    private final Sites wanted;
    private final Inventory inventory;
    private final List<Problem> problems;
    private final Selection selection;
    private final Map<TableOwner, List<String>> views;

    private SiteScopes(Plan plan, Sites wanted, Inventory inventory, List<Problem> problems) {
        this.plan = plan;
        this.wanted = wanted;
        this.inventory = inventory;
        this.problems = problems;
        selection = new Selection(plan);
        var ids = siteIds(inventory.source());
        String prefix = inventory.source().prefix();
        views = inventory.source().views().stream()
                .filter(view -> plan.tables().moves(view))
                .collect(Collectors.groupingBy(view -> TableOwner.of(view, prefix, ids::contains)));
    }

    static Chosen of(Plan plan, Sites wanted, Inventory inventory, List<Problem> problems) {
        return new SiteScopes(plan, wanted, inventory, problems).choose();
    }

    private Chosen choose() {
        networks();
        Holding source = inventory.source();
        Holding target = inventory.target();
        var sourceTables = owned(source);
        var targetTables = owned(target);
        var addresses = Addresses.of(plan, wanted, inventory);
        var chosen = SiteChoice.of(wanted, source.sites(), problems);
        if (chosen.isEmpty() && problems.isEmpty()) {
            problems.add(Problem.at(wanted.location(), "no site is left to move", "at least one site"));
        }
        var targetIds = siteIds(target);
        var scopes = new ArrayList<Scope>();
        if (wanted.networkTables()) scopes.add(network(sourceTables, targetTables, chosen, addresses, targetIds));
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
        return new Chosen(scopes, addresses.rules(), candidates(sourceTables, scopes), risks(scopes, sourceTables));
    }

    private void networks() {
        Holding source = inventory.source();
        Holding target = inventory.target();
        if (!source.holdsNetwork()) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    Problem.at(
                            plan.location(),
                            "schema " + source.schema() + " of " + plan.from() + " holds no WordPress network: "
                                    + source.prefix() + "blogs is missing or empty",
                            "a multisite database under this table prefix; or a plan without sites"));
        }
        if (target.holdsNetwork()) return;
        if (!wanted.networkTables()) {
            problems.add(new Problem(
                    wanted.location(),
                    "schema " + target.schema() + " of " + plan.to() + " holds no WordPress network",
                    "a target with a network, or a plan that brings the network tables",
                    "nothing was written",
                    "add networkTables() to the plan's sites block"));
        }
        if (plan.target().url() == null) {
            problems.add(Problem.at(
                    plan.target().location(),
                    "the target holds no network yet, and environment '" + plan.to() + "' has no url",
                    "url 'https://…', the address that the network is to have"));
        }
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
                selection.moving(tables),
                selection.replaced(tables, present),
                selection.staying(tables, present),
                List.of(),
                new SiteList(addresses.main(), mainNetwork(), onBoth, moving, kept),
                wanted.location());
    }

    private Scope scope(
            ScopeId id,
            SiteChoice choice,
            List<Table> tables,
            List<Table> present,
            Addresses addresses,
            boolean isNew) {
        var moving = selection.moving(tables);
        long bytes = moving.stream().mapToLong(ScopeTable::bytes).sum();
        long rows = moving.stream().mapToLong(ScopeTable::rows).sum();
        return new Scope(
                id,
                choice.site(),
                addresses.onTarget().get(choice.site().id()),
                isNew,
                plan.largeSites().holds(choice.site().id(), bytes, rows),
                moving,
                selection.replaced(tables, present),
                selection.staying(tables, present),
                views.getOrDefault(new TableOwner.Site(choice.site().id()), List.of()),
                null,
                choice.origin());
    }

    /** What stays behind, and what is replaced though it belongs to more than what moves. */
    private static List<String> risks(List<Scope> scopes, Map<TableOwner, List<Table>> sourceTables) {
        var risks = new ArrayList<String>();
        for (var scope : scopes) {
            if (scope.network() != null && !scope.network().kept().isEmpty()) {
                risks.add("users and network settings are replaced, also for sites that only the target has: "
                        + scope.network().kept());
            }
        }
        sourceTables.forEach((owner, tables) -> {
            if (owner instanceof TableOwner.Orphan orphan) {
                risks.add("orphan tables stay behind, no site " + orphan.id() + ": " + names(tables));
            }
        });
        var foreign = sourceTables.getOrDefault(new TableOwner.Foreign(), List.of()).stream()
                .filter(table -> !TableNames.own(table.name()))
                .toList();
        if (!foreign.isEmpty()) risks.add("tables of other applications stay behind: " + names(foreign));
        return risks;
    }

    private static String names(List<Table> tables) {
        var names = tables.stream().map(Table::name).limit(5).toList();
        int more = tables.size() - names.size();
        return String.join(", ", names) + (more > 0 ? " and " + Quantity.of(more, "other") : "");
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
}
