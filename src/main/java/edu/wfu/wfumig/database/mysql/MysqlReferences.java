package edu.wfu.wfumig.database.mysql;

import edu.wfu.wfumig.inventory.ForeignKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The foreign keys of schemas, asked by the table that they lead to. No server can look them up by that: MariaDB opens every
 * table for the answer, a second for 6,000 of them, and each site asks.
 *
 * <ol>
 *   <li>An answer holds for as long as twenty times what it took, so that asking costs a twentieth of a run at most; of a small
 *       schema it is always fresh.
 *   <li>It is forgotten when tables have come in whose keys lead to others.
 * </ol>
 */
final class MysqlReferences {
    private static final int TIMES = 20;

    private record Known(List<ForeignKey> keys, long read, long took) {}

    private final Map<String, Known> bySchema = new HashMap<>();

    synchronized List<ForeignKey> of(MysqlCatalogue catalogue, String schema) {
        long now = System.nanoTime();
        var known = bySchema.get(schema);
        if (known != null && now - known.read < TIMES * known.took) return known.keys;
        var keys = catalogue.foreignKeys(schema);
        long done = System.nanoTime();
        bySchema.put(schema, new Known(keys, done, done - now));
        return keys;
    }

    synchronized void forget(String schema) {
        bySchema.remove(schema);
    }
}
