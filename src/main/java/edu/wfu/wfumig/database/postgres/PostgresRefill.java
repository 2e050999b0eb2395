package edu.wfu.wfumig.database.postgres;

import static edu.wfu.wfumig.database.postgres.PostgresText.literal;
import static edu.wfu.wfumig.database.postgres.PostgresText.name;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Exchange;
import edu.wfu.wfumig.database.SchemaEditor.Move;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the target's own tables get other rows while they stay in place.
 *
 * @param tables that are filled anew
 * @param added tables that the target does not have; they move in
 */
record PostgresRefill(List<Filled> tables, List<Move> added) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Under which it stands among what else is known of a cutover. */
    private static final String REFILL = "refill";

    /**
     * @param live where it stands
     * @param staged where its new rows are
     * @param kept where its old rows are copied to
     * @param columns that the new rows have, in quotes
     * @param stored all columns with values of their own, in quotes
     * @param sequences sequences of its columns, in quotes with their schemas: its own to the staged ones
     */
    record Filled(
            long oid,
            String live,
            String staged,
            String kept,
            List<String> columns,
            List<String> stored,
            Map<String, String> sequences) {}

    Map<String, Object> facts() {
        return Map.of(REFILL, JSON.convertValue(this, new TypeReference<LinkedHashMap<String, Object>>() {}));
    }

    static PostgresRefill of(Exchange exchange) {
        return JSON.convertValue(exchange.remembered().get(REFILL), PostgresRefill.class);
    }

    /** Looks at both sides; refuses where a row could not go in as it is. */
    static PostgresRefill look(Statement statement, List<Move> out, List<Move> in) throws SQLException {
        var problems = new ArrayList<Problem>();
        var tables = new ArrayList<Filled>();
        var added = new ArrayList<Move>();
        for (var move : in) {
            var kept = out.stream().filter(one -> one.from().equals(move.to())).findFirst();
            if (kept.isEmpty()) {
                added.add(move);
                continue;
            }
            String live = name(move.to().schema(), move.to().table());
            String staged = name(move.from().schema(), move.from().table());
            var own = columns(statement, live);
            var brought = columns(statement, staged);
            var missing =
                    brought.stream().filter(column -> !own.contains(column)).toList();
            if (!missing.isEmpty()) {
                problems.add(problem(live + " has no column " + String.join(", ", missing)));
            }
            problems.addAll(PostgresRows.read(
                    statement,
                    "SELECT DISTINCT quote_ident(rulename) FROM pg_rewrite WHERE ev_class = " + literal(live)
                            + "::regclass AND ev_type IN ('2', '3', '4') ORDER BY 1",
                    row -> problem(live + " has rule " + row.getString(1) + ", which would act on the rows instead")));
            tables.add(new Filled(
                    PostgresRows.oid(statement, move.to().schema(), move.to().table()),
                    live,
                    staged,
                    name(kept.get().to().schema(), kept.get().to().table()),
                    brought,
                    own,
                    sequences(statement, live, staged)));
        }
        if (!problems.isEmpty()) throw new Refusal(Refusal.Kind.FAILED, problems);
        return new PostgresRefill(tables, added);
    }

    private static Problem problem(String found) {
        return Problem.of(
                found,
                "a table that takes the source's rows as they are",
                "the target is untouched",
                "change the target's table, or let the tables be swapped: leave truncateAndLoad() out");
    }

    private static List<String> columns(Statement statement, String table) throws SQLException {
        return PostgresRows.texts(
                statement,
                "SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = " + literal(table)
                        + "::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum");
    }

    private static Map<String, String> sequences(Statement statement, String live, String staged) throws SQLException {
        var sequences = new LinkedHashMap<String, String>();
        String belonging = "(SELECT format('%I.%I', n.nspname, s.relname) AS sequence, a.attname FROM pg_depend d"
                + " JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S' JOIN pg_namespace n ON n.oid = s.relnamespace"
                + " JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid"
                + " WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass"
                + " AND d.deptype IN ('a', 'i') AND d.refobjid = %s::regclass)";
        String sql = "SELECT l.sequence, s.sequence FROM " + belonging.replace("%s::", literal(live) + "::")
                + " l JOIN " + belonging.replace("%s::", literal(staged) + "::") + " s USING (attname) ORDER BY 1";
        try (var row = statement.executeQuery(sql)) {
            while (row.next()) sequences.put(row.getString(1), row.getString(2));
        }
        return sequences;
    }
}
