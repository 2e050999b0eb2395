package edu.wfu.wfumig.database.mysql;

import static edu.wfu.wfumig.database.mysql.MysqlText.literal;
import static edu.wfu.wfumig.database.mysql.MysqlText.name;

import edu.wfu.wfumig.database.Catalogue.Part;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an account may do, read from the lines of {@code SHOW GRANTS}. Rights that come by a role are not listed there;
 * an account with roles is believed until a statement says otherwise.
 */
record MysqlGrants(String user, List<String> lines) {
    private static final List<String> READ = List.of("SELECT", "SHOW VIEW", "TRIGGER");
    private static final List<String> KEEP = List.of("SELECT", "INSERT", "CREATE", "DROP", "ALTER");
    private static final List<String> REPLACE = List.of(
            "SELECT",
            "INSERT",
            "UPDATE",
            "DELETE",
            "CREATE",
            "DROP",
            "ALTER",
            "INDEX",
            "REFERENCES",
            "TRIGGER",
            "CREATE VIEW",
            "SHOW VIEW");

    /** What is missing to play a part in a schema, each as the GRANT to type. */
    List<String> missing(String schema, Part part) {
        if (hasRoles()) return List.of();
        var granted = granted(schema);
        return (part == Part.READ ? READ : part == Part.KEEP ? KEEP : REPLACE)
                .stream()
                        .filter(privilege -> !holds(granted, privilege))
                        .map(privilege -> "GRANT " + privilege + " ON " + name(schema) + ".* TO " + literal(user))
                        .toList();
    }

    boolean createsSchemas() {
        return holds(granted("*"), "CREATE");
    }

    /** Whether the account may do what SUPER may. */
    boolean superuser() {
        return holds(granted("*"), "SUPER");
    }

    private boolean hasRoles() {
        return lines.stream().anyMatch(line -> line.startsWith("GRANT ") && !line.contains(" ON "));
    }

    private static boolean holds(Set<String> granted, String privilege) {
        return granted.contains(privilege) || granted.contains("ALL PRIVILEGES") || granted.contains("ALL");
    }

    /** What is granted on a schema; on all of them for {@code *}. */
    private Set<String> granted(String schema) {
        var granted = new HashSet<String>();
        for (String line : lines) {
            int on = line.indexOf(" ON ");
            int to = line.indexOf(" TO ");
            if (!line.startsWith("GRANT ") || on < 0 || to < on) continue;
            String place = line.substring(on + 4, to).replace("`", "").replace("\\_", "_");
            if (!place.equals("*.*") && (schema.equals("*") || !covers(place, schema))) continue;
            for (String one : line.substring(6, on).split(", ?")) granted.add(one.trim());
        }
        return granted;
    }

    /** Whether a grant's place such as {@code wp_%.*} covers a schema. */
    private static boolean covers(String place, String schema) {
        if (!place.endsWith(".*")) return false;
        String pattern = place.substring(0, place.length() - 2);
        return schema.matches(Pattern.quote(pattern).replace("%", "\\E.*\\Q").replace("_", "\\E.\\Q"));
    }
}
