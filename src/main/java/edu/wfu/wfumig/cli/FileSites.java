package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Catalogue;
import edu.wfu.wfumig.database.Dialect;
import edu.wfu.wfumig.plan.Environment;
import edu.wfu.wfumig.wordpress.TableOwner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The sites of which a foreign file has brought tables. One can move when the target's list of sites has it, or the file's own.
 *
 * @param schema where the file's tables are
 */
record FileSites(Catalogue catalogue, Dialect dialect, String schema, Environment target) {
    /** What will not move though the file has it. */
    List<String> remarks() {
        var network = new ArrayList<String>();
        for (String table : catalogue.tableNames(schema)) {
            if (owner(table) instanceof TableOwner.Network) network.add(table);
        }
        var remarks = new ArrayList<String>();
        if (!network.isEmpty()) {
            remarks.add("tables of the network stay out, unless --tables names them: " + String.join(", ", network));
        }
        var unknown = new TreeSet<>(held());
        unknown.removeAll(known());
        if (!unknown.isEmpty()) remarks.add("no list of sites knows these of the file; they stay out: " + unknown);
        return remarks;
    }

    /** The sites to move: those that are wanted, or all that can. */
    List<Long> chosen(List<Long> wanted) {
        var held = held();
        var known = known();
        for (long site : wanted) {
            if (!held.contains(site)) {
                throw refuse(
                        "the file has no table of site " + site,
                        held.isEmpty() ? "one of its sites" : "one of " + held);
            }
            if (!known.contains(site)) {
                throw refuse(
                        "neither '" + target.name() + "' nor the file has a list of sites with site " + site,
                        "a site that has an address");
            }
        }
        if (!wanted.isEmpty()) return wanted;
        held.retainAll(known);
        if (held.isEmpty()) {
            throw refuse(
                    "the file has no tables of a site that '" + target.name() + "' or the file itself knows",
                    "tables such as " + target.tablePrefix() + "43_posts; or --tables, for others");
        }
        return List.copyOf(held);
    }

    private Set<Long> held() {
        return catalogue.tableNames(schema).stream()
                .map(this::owner)
                .filter(TableOwner.Site.class::isInstance)
                .map(owner -> ((TableOwner.Site) owner).id())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private TableOwner owner(String table) {
        return TableOwner.of(table, target.tablePrefix(), site -> true);
    }

    private Set<Long> known() {
        var known = new TreeSet<Long>();
        String blogs = target.tablePrefix() + "blogs";
        for (String place : List.of(schema, target.schema())) {
            if (!catalogue.tableNames(place).contains(blogs)) continue;
            catalogue
                    .rows("SELECT blog_id FROM " + dialect.name(place, blogs))
                    .forEach(row -> known.add(Long.parseLong(row.get(0))));
        }
        return known;
    }

    private static Refusal refuse(String found, String expected) {
        return new Refusal(Refusal.Kind.INVALID, Problem.of(found, expected, "nothing was written", ""));
    }
}
