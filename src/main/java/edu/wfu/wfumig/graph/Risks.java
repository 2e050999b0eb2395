package edu.wfu.wfumig.graph;

import edu.wfu.wfumig.inventory.ForeignKey;
import edu.wfu.wfumig.inventory.Inventory;
import edu.wfu.wfumig.plan.Tables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What deserves a second look before a run; each a sentence for the preview.
 *
 * @param chosen what the choice of scopes brought with it
 * @param moving names of all tables that move
 * @param wanted which ones the plan names
 * @param swaps whether tables change places, rather than only their rows
 */
record Risks(
        Inventory inventory,
        List<Scope> scopes,
        List<String> chosen,
        Set<String> moving,
        Tables wanted,
        boolean swaps) {

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
        risks.addAll(chosen);
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
        if (swaps) triggers(risks);
        for (var left : inventory.source().notCarried()) {
            if (left.itself() && wanted.moves(left.name())) risks.add(left.name() + " stays behind: " + left.what());
            else if (moving.contains(left.name())) risks.add(left.name() + " arrives without " + left.what());
        }
        return risks;
    }

    /** A table comes with the source's triggers; those that hang on the old one alone go aside with it. */
    private void triggers(List<String> risks) {
        var replaced = new HashSet<String>();
        for (var scope : scopes) {
            scope.tables().stream()
                    .filter(table -> table.columns() == null)
                    .map(Scope.ScopeTable::name)
                    .filter(scope.replaced()::contains)
                    .forEach(replaced::add);
        }
        for (var trigger : inventory.target().triggers()) {
            if (replaced.contains(trigger.table())
                    && !inventory.source().triggers().contains(trigger)) {
                risks.add("the target's trigger " + trigger.name() + " on " + trigger.table()
                        + " goes aside with the old table; the source has none of that name");
            }
        }
    }

    private void newerTarget(List<String> risks) {
        var source = inventory.source().newestPost().orElse("");
        var target = inventory.target().newestPost().orElse("");
        if (target.compareTo(source) > 0) {
            risks.add("the target's main site is newer than the source's: " + target + " against " + source);
        }
    }
}
