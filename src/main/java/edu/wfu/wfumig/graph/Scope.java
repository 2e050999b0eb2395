package edu.wfu.wfumig.graph;

import com.fasterxml.jackson.annotation.JsonInclude;
import edu.wfu.wfumig.Address;
import edu.wfu.wfumig.Location;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.inventory.Site;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What moves as one and is cut over as one: a site, the network tables, or a set of tables.
 *
 * @param site the site's row in the source's {@code wp_blogs}; null where the scope is no site
 * @param address where the site answers on the target; null where the scope is no site
 * @param isNew whether the target has never had the site, or any of the tables
 * @param large whether the plan calls it large
 * @param tables the tables that move
 * @param replaced tables of the target that are replaced
 * @param staying tables of this scope that only the target has; they stay
 * @param views views over these tables
 * @param network how {@code wp_blogs} comes out; null but for the network tables
 * @param origin the line of the plan that chose the scope
 */
public record Scope(
        ScopeId id,
        @Nullable Site site,
        @Nullable Address address,
        boolean isNew,
        boolean large,
        List<ScopeTable> tables,
        List<String> replaced,
        List<String> staying,
        List<String> views,
        @Nullable SiteList network,
        Location origin) {

    /**
     * A table that moves.
     *
     * @param filter SQL condition on its rows, or null for all of them; {@code FALSE} leaves only the structure
     * @param skipped columns that no rule may touch
     * @param columns the columns that are copied into the target's own definition of the table; null for all columns of the
     *     source and its definition
     */
    public record ScopeTable(
            String name,
            long rows,
            long bytes,
            boolean keyed,
            @Nullable String filter,
            List<String> skipped,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<String> columns) {
        public static final String STRUCTURE_ONLY = "FALSE";

        public boolean copies(String column) {
            return columns == null || columns.contains(column);
        }
    }

    /**
     * How the target's list of sites comes out. Sites of both sides get the source's row with the target's address;
     * sites that only the target has, or that do not move, keep the target's own; sites new to the target get their row
     * at their own cutover.
     *
     * @param main where the main site answers on the target: the address of the network itself
     * @param network id of the main site's network, in {@code wp_site}
     * @param addresses of the sites of both sides, by id
     * @param moving ids of all sites that move
     * @param kept ids of the target's sites that do not move
     */
    public record SiteList(
            Address main, long network, Map<Long, Address> addresses, Set<Long> moving, List<Long> kept) {}

    /** The scope without estimates and places in files: what two surveys of an unchanged database agree on. */
    Scope withoutEstimates() {
        var exact = tables.stream()
                .map(table -> new ScopeTable(
                        table.name(), 0, 0, table.keyed(), table.filter(), table.skipped(), table.columns()))
                .toList();
        return new Scope(
                id, site, address, isNew, false, exact, replaced, staying, views, network, new Location("", 0));
    }

    public long rows() {
        return tables.stream().mapToLong(ScopeTable::rows).sum();
    }

    public long bytes() {
        return tables.stream().mapToLong(ScopeTable::bytes).sum();
    }

    public List<String> tableNames() {
        return tables.stream().map(ScopeTable::name).toList();
    }
}
