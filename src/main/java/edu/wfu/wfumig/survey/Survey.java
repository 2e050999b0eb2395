package edu.wfu.wfumig.survey;

import edu.wfu.wfumig.Address;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Catalogue;
import edu.wfu.wfumig.database.Catalogue.Part;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.Needed;
import edu.wfu.wfumig.inventory.Holding;
import edu.wfu.wfumig.inventory.Inventory;
import edu.wfu.wfumig.inventory.Lacking;
import edu.wfu.wfumig.inventory.Site;
import edu.wfu.wfumig.inventory.Table;
import edu.wfu.wfumig.plan.Environment;
import edu.wfu.wfumig.plan.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads an inventory: one statement per question, whatever the number of sites. Only for a plan with sites is WordPress
 * asked for; what else is read is what every product has. Source: the columns of {@code wp_blogs} in
 * wp-admin/includes/schema.php.
 */
public final class Survey {
    private Survey() {}

    public static Inventory of(Plan plan, Database source, Database target) {
        boolean sites = plan.sites() != null;
        var from = of(plan.source(), source, Part.READ, plan.throttle().replicaLag() != null, sites);
        return new Inventory(
                from, of(plan.target(), target, Part.REPLACE, false, sites), lacking(plan, from, source, target));
    }

    /** Of an environment that is only read. */
    public static Inventory ofOne(Plan plan, Database database) {
        var held = of(plan.target(), database, Part.READ, false, plan.sites() != null);
        return new Inventory(held, held);
    }

    /** What the tables and views to move are made of, as far as the target does not have the same. */
    private static List<Lacking> lacking(Plan plan, Holding from, Database source, Database target) {
        var names = Stream.concat(from.tables().stream().map(Table::name), from.views().stream())
                .filter(name -> plan.tables().moves(name))
                .toList();
        List<Needed> needs;
        try (var catalogue = source.catalogue()) {
            needs = catalogue.needs(from.schema(), names);
        }
        if (needs.isEmpty()) return List.of();
        var standing = new HashMap<String, Needed>();
        try (var catalogue = target.catalogue()) {
            catalogue.standing(needs).forEach(one -> standing.put(one.kind() + " " + one.name(), one));
        }
        var lacking = new ArrayList<Lacking>();
        for (var need : needs) {
            var found = standing.get(need.kind() + " " + need.name());
            if (need.servedBy(found)) continue;
            String what = need.kind().name().toLowerCase(Locale.ROOT) + " " + need.name();
            lacking.add(new Lacking(what, need.create(), found != null, need.makeable()));
        }
        return lacking;
    }

    /**
     * @param lag whether the plan asks how far the server is behind
     * @param wordpress whether the plan moves sites
     */
    static Holding of(Environment environment, Database database, Part part, boolean lag, boolean wordpress) {
        String schema = environment.schema();
        String prefix = environment.tablePrefix();
        try (var catalogue = database.catalogue()) {
            if (!catalogue.hasSchema(schema)) {
                throw new Refusal(
                        Refusal.Kind.FAILED,
                        new Problem(
                                environment.location(),
                                "there is no schema '" + schema + "' for environment '" + environment.name()
                                        + "', or the" + " account may not see it",
                                "a schema that exists",
                                "nothing was written",
                                "create and grant it, or correct the plan"));
            }
            var tables = catalogue.tables(schema);
            return new Holding(
                    catalogue.facts(),
                    schema,
                    prefix,
                    tables,
                    catalogue.views(schema),
                    catalogue.triggers(schema),
                    catalogue.foreignKeys(schema),
                    !wordpress ? List.of() : sites(catalogue, schema, prefix, tables),
                    !wordpress ? Optional.empty() : newestPost(catalogue, schema, prefix, tables),
                    Stream.concat(
                                    catalogue.missingGrants(schema, part).stream(),
                                    (lag ? missingForLag(database) : List.<String>of()).stream())
                            .toList(),
                    catalogue.notCarried(schema));
        }
    }

    private static List<String> missingForLag(Database database) {
        try (var gauge = database.gauge(true)) {
            return gauge.missingGrants();
        }
    }

    private static List<Site> sites(Catalogue catalogue, String schema, String prefix, List<Table> tables) {
        if (!has(tables, prefix + "blogs")) return List.of();
        return catalogue
                .rows("SELECT blog_id, site_id, domain, path, registered, last_updated, public, archived, mature, spam,"
                        + " deleted, lang_id FROM " + qualified(schema, prefix + "blogs") + " ORDER BY blog_id")
                .stream()
                .map(row -> new Site(
                        Long.parseLong(row.get(0)),
                        Long.parseLong(row.get(1)),
                        new Address(row.get(2), row.get(3)),
                        row.get(4),
                        row.get(5),
                        set(row.get(6)),
                        set(row.get(7)),
                        set(row.get(8)),
                        set(row.get(9)),
                        set(row.get(10)),
                        Integer.parseInt(row.get(11))))
                .toList();
    }

    private static Optional<String> newestPost(Catalogue catalogue, String schema, String prefix, List<Table> tables) {
        if (!has(tables, prefix + "posts")) return Optional.empty();
        String newest = catalogue
                .rows("SELECT CAST(MAX(post_modified_gmt) AS CHAR) FROM " + qualified(schema, prefix + "posts"))
                .get(0)
                .get(0);
        return newest.isEmpty() ? Optional.empty() : Optional.of(newest);
    }

    private static boolean has(List<Table> tables, String name) {
        return tables.stream().anyMatch(table -> table.name().equals(name));
    }

    private static boolean set(String flag) {
        return flag.equals("1") || flag.equals("true");
    }

    private static String qualified(String schema, String table) {
        return "`" + schema.replace("`", "``") + "`.`" + table.replace("`", "``") + "`";
    }
}
