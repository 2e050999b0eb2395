package edu.wfu.wfumig.database.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.wfu.wfumig.database.Exchange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that must be known to let tables change places and to take that back.
 *
 * @param tables that come, by the names that they are to have
 * @param rules that read or write such views
 * @param views over the tables, and over such views, in an order in which they can be made
 * @param bonds foreign keys between tables that change places and others, and all other rules on either side
 * @param given what gives the new tables the owners and grants that the old ones had when they were looked at
 * @param aside what only the old tables have, and what goes aside with them; for the report
 * @param newViews that come with the tables; they stand in the places of those of the same name
 * @param newTriggers statements that make triggers that come with the tables
 */
record PostgresSwap(
        List<Place> tables,
        List<Part> rules,
        List<Part> views,
        List<Part> bonds,
        List<String> given,
        List<String> aside,
        List<NewView> newViews,
        List<String> newTriggers) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Under which it stands among what else is known of a cutover. */
    private static final String SWAP = "swap";

    /**
     * A table's place.
     *
     * @param old the oid of the table that has it; 0 when there is none
     * @param brought the oid of the one that is to have it
     * @param oldStatistics extended statistics of the old one, which do not follow their table
     * @param newStatistics likewise
     */
    record Place(String table, long old, long brought, List<String> oldStatistics, List<String> newStatistics) {}

    /**
     * What is taken away and made again.
     *
     * @param on the table that must be locked for it, in quotes; empty for a view
     * @param name in quotes
     * @param forward statements that make it over the new tables; none when it belongs to the old ones
     * @param back statements that make it over the old tables
     */
    record Part(String on, String name, String drop, List<String> forward, List<String> back) {}

    /**
     * @param name in quotes
     * @param make its definition, then what it is given from the view that it replaces
     */
    record NewView(String name, List<String> make) {}

    Map<String, Object> facts() {
        return Map.of(SWAP, JSON.convertValue(this, new TypeReference<LinkedHashMap<String, Object>>() {}));
    }

    static PostgresSwap of(Exchange exchange) {
        return JSON.convertValue(exchange.remembered().get(SWAP), PostgresSwap.class);
    }

    /** Whether the same tables are there and the same things hang on them. Owners and grants may be others. */
    boolean agreesWith(PostgresSwap other) {
        return tables.equals(other.tables)
                && rules.equals(other.rules)
                && views.equals(other.views)
                && bonds.equals(other.bonds);
    }

    /** The same with what comes along. */
    PostgresSwap with(List<NewView> newViews, List<String> newTriggers) {
        return new PostgresSwap(tables, rules, views, bonds, given, aside, newViews, newTriggers);
    }

    /**
     * The same with other tables to go back to.
     *
     * @param kept their oids, by the names that they have when they are back
     */
    PostgresSwap remade(Map<String, Long> kept) {
        var others = tables.stream()
                .map(place -> new Place(
                        place.table(),
                        kept.getOrDefault(place.table(), place.old()),
                        place.brought(),
                        place.oldStatistics(),
                        place.newStatistics()))
                .toList();
        // What the tables had been given is theirs again. Sequences may have had other names than those that were
        // brought.
        var givenAgain =
                given.stream().filter(one -> !one.contains(" SEQUENCE ")).toList();
        var backToo = new ArrayList<>(bonds);
        backToo.add(new Part("", "", "", List.of(), givenAgain));
        return new PostgresSwap(others, rules, views, backToo, given, aside, newViews, newTriggers);
    }

    /** Tables that are locked for it, beside those that change places. */
    Stream<String> others() {
        return bonds.stream().map(Part::on);
    }
}
