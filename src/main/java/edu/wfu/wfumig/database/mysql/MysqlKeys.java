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
 *   <li>None of a table where a foreign key of its own wants one, or where one begins with the AUTO_INCREMENT column.
 *   <li>All of them come back in one statement and in their order: they are there together or not at all.
 * </ol>
 *
 * Sources: MySQL manual, "Sorted Index Builds", "Online DDL Operations"; MariaDB documentation, "ALTER TABLE".
 */
final class MysqlKeys {
    private static final Pattern KEY = Pattern.compile("  KEY `(?:[^`]|``)*` .*");
    /** A name, or a text. */
    private static final Pattern QUOTED = Pattern.compile("(`(?:[^`]|``)*`)|'(?:[^'\\\\]|''|\\\\.)*'");

    private static final Pattern COUNTED = Pattern.compile("(?m)^  (`(?:[^`]|``)*`) .* AUTO_INCREMENT\\b");

    private MysqlKeys() {}

    /**
     * @param table its name, quoted, with its schema
     * @param create one element of the table on each line
     */
    static @Nullable Halves of(String table, String create) {
        String words = QUOTED.matcher(create).replaceAll(found -> found.group(1) == null ? "''" : "$0");
        if (!words.contains("ENGINE=InnoDB") || words.contains(" FOREIGN KEY ")) return null;
        var counted = COUNTED.matcher(words);
        String counter = counted.find() ? "(" + counted.group(1) : null;
        var stays = new ArrayList<String>();
        var keys = new ArrayList<String>();
        for (String line : create.split("\n")) {
            if (!KEY.matcher(line).matches()) stays.add(line);
            else if (counter != null && line.contains(counter)) return null;
            else keys.add(line.strip().replaceFirst(",$", ""));
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
