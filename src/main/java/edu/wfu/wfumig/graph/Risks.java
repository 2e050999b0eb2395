package edu.wfu.wfumig.graph;

import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.inventory.ForeignKey;
import edu.wfu.wfumig.inventory.Inventory;
import edu.wfu.wfumig.inventory.Table;
import edu.wfu.wfumig.plan.Plan;
import edu.wfu.wfumig.wordpress.TableOwner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What deserves a second look before a run; each a sentence for the preview. */
record Risks(
        Plan plan,
        Inventory inventory,
        List<Scope> scopes,
        Map<TableOwner, List<Table>> sourceTables,
        Set<String> moving) {

    List<String> list() {
        var risks = new ArrayList<String>();
        newerTarget(risks);
        inventory
                .source()
                .missingGrants()
                .forEach(grant -> risks.add("the source's account lacks a privilege: " + grant));
        inventory
                .target()
                .missingGrants()
                .forEach(grant -> risks.add("the target's account lacks a privilege: " + grant));
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
                .filter(table -> !table.name().startsWith("wfumig_")) // what wfumig wrote when this was a target
                .toList();
        if (!foreign.isEmpty()) risks.add("tables of other applications stay behind: " + names(foreign));
        for (var scope : scopes) {
            var keyless =
                    scope.tables().stream().filter(table -> !table.keyed()).toList();
            if (!keyless.isEmpty()) {
                risks.add(scope.id() + ": without a key, moved as one piece: "
                        + String.join(
                                ", ",
                                keyless.stream().map(Scope.ScopeTable::name).toList()));
            }
            if (scope.tables().isEmpty()) risks.add(scope.id() + " has no tables to move");
        }
        for (ForeignKey key : inventory.target().foreignKeys()) {
            if (moving.contains(key.parent()) && !moving.contains(key.table())) {
                risks.add("the target's " + key.table() + " refers to " + key.parent() + " by foreign key " + key.name()
                        + "; it will be pointed at the new table");
            }
        }
        for (ForeignKey key : inventory.source().foreignKeys()) {
            if (moving.contains(key.table()) && !moving.contains(key.parent())) {
                risks.add(key.table() + " refers to " + key.parent() + ", which does not move");
            }
        }
        return risks;
    }

    private void newerTarget(List<String> risks) {
        var source = inventory.source().newestPost().orElse("");
        var target = inventory.target().newestPost().orElse("");
        if (target.compareTo(source) > 0) {
            risks.add("the target's main site is newer than the source's: " + target + " against " + source);
        }
    }

    private static String names(List<Table> tables) {
        var names = tables.stream().map(Table::name).limit(5).toList();
        int more = tables.size() - names.size();
        return String.join(", ", names) + (more > 0 ? " and " + Quantity.of(more, "other") : "");
    }
}
