package edu.wfu.wfumig.inventory;

import edu.wfu.wfumig.inventory.Element.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds two structures against each other.
 *
 * <ol>
 *   <li>Elements are the same one that have kind, table and name in common.
 *   <li>A table that is missing or extra stands for all its parts.
 *   <li>All that differs of one element is one difference.
 *   <li>The order of columns is a matter of the table, and of those alone that both sides have: a column that is missing in the
 *       middle is one difference.
 * </ol>
 */
final class Comparison {
    /** What tells elements apart. */
    private record Key(Kind kind, String table, String name) {
        static Key of(Element element) {
            return new Key(element.kind(), element.table(), element.name());
        }

        static Key table(String name) {
            return new Key(Kind.TABLE, "", name);
        }
    }

    /** @param columns the names of columns by table, in their order */
    private record Side(Map<Key, Element> elements, Map<String, List<String>> columns) {
        static Side of(Structure structure) {
            var elements = new LinkedHashMap<Key, Element>();
            var columns = new HashMap<String, List<String>>();
            for (var element : structure.elements()) {
                elements.put(Key.of(element), element);
                if (element.kind() != Kind.COLUMN) continue;
                columns.computeIfAbsent(element.table(), table -> new ArrayList<>())
                        .add(element.name());
            }
            return new Side(elements, columns);
        }

        /** Whether an element that is not on this side is worth a difference of its own. */
        boolean misses(Element element) {
            return element.table().isEmpty() || elements.containsKey(Key.table(element.table()));
        }
    }

    private final Side expected;
    private final Side live;

    Comparison(Structure expected, Structure live) {
        this.expected = Side.of(expected);
        this.live = Side.of(live);
    }

    /** What differs, in the order of the elements. */
    List<Difference> differences() {
        var differences = new ArrayList<Difference>();
        expected.elements().forEach((key, wanted) -> {
            var found = live.elements().get(key);
            if (found == null) {
                if (live.misses(wanted)) differences.add(new Difference.Missing(wanted));
                return;
            }
            var changes = changes(wanted, found);
            if (!changes.isEmpty()) differences.add(new Difference.Different(found, changes));
        });
        live.elements().forEach((key, found) -> {
            if (!expected.elements().containsKey(key) && expected.misses(found)) {
                differences.add(new Difference.Extra(found));
            }
        });
        return differences.stream()
                .sorted((one, other) -> one.element().compareTo(other.element()))
                .toList();
    }

    private List<Difference.Change> changes(Element wanted, Element found) {
        var changes = new ArrayList<Difference.Change>();
        var facts = new TreeSet<>(wanted.facts().keySet());
        facts.addAll(found.facts().keySet());
        for (String fact : facts) {
            String expectedValue = wanted.facts().getOrDefault(fact, "");
            String foundValue = found.facts().getOrDefault(fact, "");
            if (!expectedValue.equals(foundValue)) changes.add(new Difference.Change(fact, expectedValue, foundValue));
        }
        if (wanted.kind() == Kind.TABLE) {
            String expectedOrder = order(expected, live, wanted.name());
            String foundOrder = order(live, expected, wanted.name());
            if (!expectedOrder.equals(foundOrder)) {
                changes.add(new Difference.Change("columns in order", expectedOrder, foundOrder));
            }
        }
        return changes;
    }

    /** The columns of a table that both sides have, in the order of this side. */
    private static String order(Side side, Side other, String table) {
        return side.columns().getOrDefault(table, List.of()).stream()
                .filter(column -> other.elements().containsKey(new Key(Kind.COLUMN, table, column)))
                .collect(Collectors.joining(", "));
    }
}
