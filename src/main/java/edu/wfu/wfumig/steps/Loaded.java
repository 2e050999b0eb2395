package edu.wfu.wfumig.steps;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * By which transaction of the target's server tables got their rows, as far as one alone did: so that a rollback can tell later
 * writes where nobody wanted digests. Changed and read under the monitor of the one who writes the ledger.
 */
public final class Loaded {
    /** What stands in the ledger of a table: the transaction, and how many rows it brought. */
    public record Table(String transaction, long rows) {}

    public static final String FACT = "loaded";

    private final Map<String, Object> tables = new LinkedHashMap<>();

    /** Goes on with what an earlier attempt has in the ledger of a table. */
    void goOn(Map<String, Object> noted, String table) {
        if (noted.get(FACT) instanceof Map<?, ?> earlier && earlier.get(table) instanceof List<?> facts) {
            tables.put(table, facts);
        }
    }

    void add(String table, Table brought) {
        tables.put(table, List.of(brought.transaction(), brought.rows()));
    }

    boolean has(String table) {
        return tables.containsKey(table);
    }

    /** All of them, for the ledger. */
    Map<String, Object> tables() {
        return Map.copyOf(tables);
    }

    /** For the ledger; nothing when there are none. */
    Map<String, Object> facts() {
        return tables.isEmpty() ? Map.of() : Map.of(FACT, tables());
    }

    /** What the facts of a stage say of its tables. */
    public static Map<String, Table> of(Map<String, Object> facts) {
        var found = new LinkedHashMap<String, Table>();
        if (facts.get(FACT) instanceof Map<?, ?> tables) {
            tables.forEach((name, one) -> {
                if (one instanceof List<?> both && both.get(1) instanceof Number rows) {
                    found.put(name.toString(), new Table(both.get(0).toString(), rows.longValue()));
                }
            });
        }
        return found;
    }
}
