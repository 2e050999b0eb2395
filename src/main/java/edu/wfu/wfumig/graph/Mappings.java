package edu.wfu.wfumig.graph;

import edu.wfu.wfumig.graph.Graph.Mapping;
import edu.wfu.wfumig.inventory.Column;
import edu.wfu.wfumig.inventory.ServerFacts;
import edu.wfu.wfumig.inventory.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the tables to move use and the target's server lacks, and what takes its place.
 *
 * <ul>
 *   <li>A collation becomes the nearest one of the same charset that the target has: the same comparison under another
 *       name first, then {@code unicode_ci} or {@code bin}.
 *   <li>An engine becomes InnoDB.
 *   <li>MariaDB's INET4, INET6 and UUID become the text that they show.
 * </ul>
 */
final class Mappings {
    private Mappings() {}

    static List<Mapping> of(List<Table> tables, ServerFacts source, ServerFacts target) {
        Set<String> collations = new TreeSet<>();
        Set<String> engines = new TreeSet<>();
        Set<String> types = new TreeSet<>();
        for (Table table : tables) {
            if (!table.collation().isEmpty()) collations.add(table.collation());
            engines.add(table.engine());
            for (Column column : table.shape().columns()) {
                if (!column.collation().isEmpty()) collations.add(column.collation());
                types.add(column.type());
            }
        }
        var mappings = new ArrayList<Mapping>();
        // MariaDB knows MySQL's names as aliases of collations that ignore blanks at the end, which the real ones do
        // not.
        boolean aliases = !source.mariadb() && target.mariadb();
        Set<String> usable = new TreeSet<>(target.collations());
        if (aliases) usable.removeIf(collation -> collation.contains("_0900_"));
        for (String collation : collations) {
            if (!usable.contains(collation)) {
                mappings.add(new Mapping("collation", collation, nearest(collation, usable)));
            }
        }
        for (String engine : engines) {
            if (target.engines().stream().noneMatch(engine::equalsIgnoreCase)) {
                mappings.add(new Mapping("engine", engine, "InnoDB"));
            }
        }
        if (source.mariadb() && !target.mariadb()) {
            if (types.contains("inet6")) mappings.add(new Mapping("type", "inet6", "varchar(45)"));
            if (types.contains("inet4")) mappings.add(new Mapping("type", "inet4", "varchar(15)"));
            if (types.contains("uuid")) mappings.add(new Mapping("type", "uuid", "char(36)"));
        }
        return mappings;
    }

    private static String nearest(String collation, Set<String> present) {
        String charset =
                collation.substring(0, collation.indexOf('_') < 0 ? collation.length() : collation.indexOf('_'));
        String kind = collation.endsWith("_bin")
                ? "bin"
                : collation.endsWith("_cs") || collation.contains("_as_cs")
                        ? "cs"
                        : collation.contains("_as_ci") ? "as_ci" : "ci";
        List<String> candidates = switch (kind) {
            // Blanks at the end count in both: NO PAD.
            case "bin" ->
                collation.contains("nopad") || collation.contains("0900")
                        ? List.of("_0900_bin", "_nopad_bin", "_bin")
                        : List.of("_bin");
            case "cs" -> List.of("_0900_as_cs", "_uca1400_nopad_as_cs", "_bin");
            case "as_ci" ->
                List.of("_0900_as_ci", "_uca1400_nopad_as_ci", "_unicode_520_ci", "_unicode_ci", "_general_ci");
            default -> List.of("_0900_ai_ci", "_uca1400_nopad_ai_ci", "_unicode_520_ci", "_unicode_ci", "_general_ci");
        };
        return candidates.stream()
                .map(end -> charset + end)
                .filter(present::contains)
                .findFirst()
                .orElse(charset + "_bin");
    }
}
