package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.Address;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.dump.Manifest.ColumnPart;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Scope.SiteList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How {@code wp_blogs}, {@code wp_blogmeta} and {@code wp_site} come out when the network tables move: the target's list of sites is
 * merged with the source's, never replaced by it. See {@link SiteList}.
 */
final class SiteListRules {
    private final Graph graph;
    private final SiteList sites;
    private final Database target;

    SiteListRules(Graph graph, SiteList sites, Database target) {
        this.graph = graph;
        this.sites = sites;
        this.target = target;
    }

    private String blogs() {
        return graph.target().prefix() + "blogs";
    }

    private String blogmeta() {
        return graph.target().prefix() + "blogmeta";
    }

    /** The rule for a table's rows; null when it has none. */
    ChunkRewrite.@Nullable RowRule ruleFor(String table, List<ColumnPart> columns) {
        int domain = column(columns, "domain");
        int path = column(columns, "path");
        if (table.equals(graph.target().prefix() + "site")) {
            int network = column(columns, "id");
            return row -> number(row[network]) == sites.network() ? addressed(row, domain, path, sites.main()) : row;
        }
        int id = column(columns, "blog_id");
        if (table.equals(blogmeta())) return row -> sites.moving().contains(number(row[id])) ? row : null;
        if (!table.equals(blogs())) return null;
        return row -> {
            Address address = sites.addresses().get(number(row[id]));
            return address == null ? null : addressed(row, domain, path, address);
        };
    }

    private static byte[][] addressed(byte[][] row, int domain, int path, Address address) {
        byte[][] addressed = row.clone();
        addressed[domain] = address.host().getBytes(StandardCharsets.UTF_8);
        addressed[path] = address.path().getBytes(StandardCharsets.UTF_8);
        boolean same = Arrays.equals(addressed[domain], row[domain]) && Arrays.equals(addressed[path], row[path]);
        return same ? row : addressed;
    }

    /** Rows of the target that stay, in the order of {@code columns}; their own number is given anew. */
    List<byte[][]> kept(String table, List<ColumnPart> columns, long firstFreeId) {
        var rows = new ArrayList<byte[][]>();
        if (!table.equals(blogs()) && !table.equals(blogmeta())) return rows;
        // What the target holds now, not what it held when the plan was compiled: sites may have been added since.
        String moving = sites.moving().toString().replace('[', '(').replace(']', ')');
        try (var catalogue = target.catalogue();
                var snapshot = target.snapshot(graph.target().schema(), List.of(table), 1)) {
            if (catalogue.present(graph.target().schema(), List.of(table)).isEmpty()) return rows;
            var definition =
                    catalogue.define(graph.target().schema(), List.of(table)).get(0);
            var present = Parts.columns(definition.stored());
            int ownId = column(columns, "meta_id");
            snapshot.readers().get(0).read(definition, "`blog_id` NOT IN " + moving, null, row -> {
                byte[][] ordered = new byte[columns.size()][];
                for (int i = 0; i < ordered.length; i++) {
                    int from = column(present, columns.get(i).name());
                    if (from >= 0) ordered[i] = row[from];
                }
                if (ownId >= 0) {
                    ordered[ownId] = Long.toString(firstFreeId + rows.size()).getBytes(StandardCharsets.US_ASCII);
                }
                rows.add(ordered);
            });
        }
        return rows;
    }

    private static int column(List<ColumnPart> columns, String name) {
        for (int i = 0; i < columns.size(); i++) if (columns.get(i).name().equals(name)) return i;
        return -1;
    }

    static long number(byte[] digits) {
        return Long.parseLong(new String(digits, StandardCharsets.US_ASCII));
    }
}
