package edu.wfu.wfumig.database.mysql;

import edu.wfu.wfumig.database.Definitions.Halves;
import java.util.ArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes the keys out of a definition that InnoDB builds quicker when all rows are in: by sorting, rather than by looking for the
 * place of each row in trees that are larger than its memory.
 *
 * <ol>
 *   <li>Only keys that are neither unique nor full-text nor spatial, each on a line of its own as {@code SHOW CREATE TABLE} has
 *       it.
 *   <li>None where a foreign key wants one, and none that the AUTO_INCREMENT column may need.
 *   <li>All of them come back in one statement and in their order: they are there together or not at all.
 * </ol>
 *
 * Sources: MySQL manual, "Sorted Index Builds", "Online DDL Operations"; MariaDB documentation, "ALTER TABLE".
 */
final class MysqlKeys {
    private static final Pattern KEY = Pattern.compile("  KEY `(?:[^`]|``)*` .*");
    private static final Pattern COUNTED = Pattern.compile("(?m)^  (`(?:[^`]|``)*`) .* AUTO_INCREMENT\\b");

    private MysqlKeys() {}

    /**
     * @param table its name, quoted, with its schema
     * @param create one element of the table on each line
     */
    static @Nullable Halves of(String table, String create) {
        if (!create.contains("ENGINE=InnoDB") || create.contains(" FOREIGN KEY ")) return null;
        var counted = COUNTED.matcher(create);
        String never = counted.find() ? "(" + counted.group(1) : null;
        var stays = new ArrayList<String>();
        var keys = new ArrayList<String>();
        for (String line : create.split("\n")) {
            boolean late = KEY.matcher(line).matches() && (never == null || !line.contains(never));
            if (late) keys.add(line.strip().replaceFirst(",$", ""));
            else stays.add(line);
        }
        if (keys.isEmpty()) return null;
        // The last element of a table has no comma.
        String without = String.join("\n", stays).replaceFirst(",\n\\)", "\n)");
        String complete = keys.stream()
                .map(key -> "ADD " + key)
                .collect(Collectors.joining(", ", "ALTER TABLE " + table + " ", ""));
        return new Halves(without, complete);
    }
}
