package edu.wfu.wfumig.database.postgres;

import static edu.wfu.wfumig.database.postgres.PostgresText.literal;
import static edu.wfu.wfumig.database.postgres.PostgresText.name;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.RowDigest;
import edu.wfu.wfumig.database.Cursor;
import edu.wfu.wfumig.database.Proof;
import edu.wfu.wfumig.inventory.Column;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Counts and digests by the server itself, in one scan of a table. A row's checksum is that of its values' texts, joined by
 * tabs with {@code \N} for NULL, plus the number of NULLs.
 *
 * <p>A value's text is what its type's output function gives, as for {@code COPY}. {@code concat_ws} calls that; a cast would
 * not: {@code true::text} is not {@code t}, and a cast strips what pads a {@code char(n)}.
 */
final class PostgresProof implements Proof {
    /** A function takes 100 arguments at most. Source: PostgreSQL manual, "Limits". */
    private static final int ARGUMENTS = 90;

    private static final String HASHED = "wfumig";
    private static final long HASH = 1411285155L;

    private final Connection connection;
    private final String schema;
    private final Map<String, Set<String>> neverNull = new HashMap<>();
    private boolean sameHash;

    PostgresProof(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    @Override
    public long count(String table) {
        return ask("SELECT count(*) FROM " + name(schema, table), row -> row.getLong(1));
    }

    @Override
    public RowDigest digest(String table, List<Column> columns, @Nullable Cursor behind, @Nullable Cursor upTo) {
        requireSameHash();
        var conditions = new ArrayList<String>();
        if (behind != null) conditions.add(PostgresText.behind(behind));
        if (upTo != null) conditions.add("NOT " + PostgresText.behind(upTo));
        String sql = "SELECT count(*), COALESCE(sum(" + checksum(columns, neverNull(table)) + "),0) FROM "
                + name(schema, table)
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions));
        return ask(sql, result -> new RowDigest(result.getLong(1), result.getLong(2)));
    }

    /** The checksum of a row, as an expression. */
    private static String checksum(List<Column> columns, Set<String> neverNull) {
        if (columns.isEmpty()) return "0";
        var texts = new ArrayList<String>();
        var nullable = new ArrayList<String>();
        for (var column : columns) {
            String name = name(column.name());
            if (neverNull.contains(column.name())) {
                texts.add(name);
            } else {
                // A row of NULLs is IS NULL, but no NULL.
                texts.add("CASE WHEN " + name + " IS NOT DISTINCT FROM NULL THEN '\\N' ELSE concat(" + name + ") END");
                nullable.add(name);
            }
        }
        String hash = "(hashtextextended(" + joined(texts) + " COLLATE \"C\",0) & 4294967295)";
        return grouped(nullable).stream()
                .map(some -> "num_nulls(" + String.join(",", some) + ")")
                .collect(Collectors.joining("+", hash + (nullable.isEmpty() ? "" : "+"), ""));
    }

    private static String joined(List<String> texts) {
        var groups = grouped(texts).stream()
                .map(some -> "concat_ws('\t'," + String.join(",", some) + ")")
                .toList();
        return groups.size() == 1 ? groups.get(0) : joined(groups);
    }

    private static List<List<String>> grouped(List<String> all) {
        var groups = new ArrayList<List<String>>();
        for (int i = 0; i < all.size(); i += ARGUMENTS) groups.add(all.subList(i, Math.min(i + ARGUMENTS, all.size())));
        return groups;
    }

    /** The columns in which there can be no NULL. One that is declared so but was never looked through is none of them. */
    private Set<String> neverNull(String table) {
        return neverNull.computeIfAbsent(
                table,
                it -> ask(
                        "SELECT COALESCE(array_agg(a.attname::text), '{}') FROM pg_attribute a WHERE a.attrelid = "
                                + literal(name(schema, it)) + "::regclass AND a.attnum > 0 AND a.attnotnull"
                                + " AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conrelid = a.attrelid AND c.contype = 'n'"
                                + " AND NOT c.convalidated AND c.conkey[1] = a.attnum)",
                        row -> new HashSet<>(List.of((String[]) row.getArray(1).getArray()))));
    }

    /**
     * The hash is computed from a text's bytes, so they must be those that were moved: UTF-8. And a server of another kind or
     * on a machine that begins a number at its other end has another hash.
     */
    private void requireSameHash() {
        if (sameHash) return;
        String encoding = ask("SELECT getdatabaseencoding()", row -> row.getString(1));
        boolean bytes = encoding.equals("UTF8") || encoding.equals("SQL_ASCII");
        long hash = ask(
                "SELECT hashtextextended(" + literal(HASHED) + " COLLATE \"C\",0) & 4294967295", row -> row.getLong(1));
        if (!bytes || hash != HASH) {
            throw new Refusal(
                    Refusal.Kind.FAILED,
                    Problem.of(
                            bytes
                                    ? "the server computes other hashes than PostgreSQL does elsewhere"
                                    : "the database's encoding is " + encoding,
                            "a PostgreSQL database in UTF8, so that digests can be compared",
                            "the target is untouched",
                            "leave digests() out of verify { … }, so that rows are counted alone"));
        }
        sameHash = true;
    }

    @Override
    public boolean untouched(String table, String transaction, long rows) {
        // Who deletes makes them fewer, who changes one makes another one of it, of a transaction of its own.
        return ask(
                "SELECT count(*) = " + rows + " AND count(*) FILTER (WHERE xmin::text <> " + literal(transaction)
                        + ") = 0 FROM " + name(schema, table),
                row -> row.getBoolean(1));
    }

    @Override
    public long orphans(String child, String column, String parent, String key) {
        return ask(
                "SELECT count(*) FROM " + name(schema, child) + " c WHERE c." + name(column)
                        + " IS NOT NULL AND c." + name(column) + "::text <> '0' AND NOT EXISTS (SELECT FROM "
                        + name(schema, parent) + " p WHERE p." + name(key) + " = c." + name(column) + ")",
                row -> row.getLong(1));
    }

    @Override
    public List<String> brokenKeys(Collection<String> tables) {
        var broken = new ArrayList<String>();
        try (var statement = connection.createStatement()) {
            for (String table : tables) {
                String rows = name(schema, table);
                for (var key : PostgresRows.read(statement, keys(rows), PostgresProof::key)) {
                    long orphans = PostgresRows.read(statement, key.orphans(rows), row -> row.getLong(1))
                            .get(0);
                    if (orphans == 0) continue;
                    broken.add(key.name() + " of " + table + ": " + Quantity.of(orphans, "row") + " point at no row of "
                            + key.parent());
                }
                for (String question : PostgresRows.texts(statement, sequences(rows))) {
                    broken.addAll(PostgresRows.texts(statement, question));
                }
            }
            return broken;
        } catch (SQLException e) {
            throw PostgresFailure.of("proving what staging holds", e);
        }
    }

    /** A foreign key, its columns and those that they point at. */
    private record Key(String name, String parent, List<String> columns, List<String> keys) {
        String orphans(String rows) {
            var same = new ArrayList<String>();
            var there = new ArrayList<String>();
            for (int i = 0; i < columns.size(); i++) {
                same.add("p." + keys.get(i) + " = c." + columns.get(i));
                there.add("c." + columns.get(i) + " IS NOT NULL");
            }
            return "SELECT count(*) FROM " + rows + " c WHERE " + String.join(" AND ", there)
                    + " AND NOT EXISTS (SELECT FROM " + parent + " p WHERE " + String.join(" AND ", same) + ")";
        }
    }

    private static Key key(ResultSet row) throws SQLException {
        return new Key(
                row.getString(1),
                row.getString(2),
                List.of((String[]) row.getArray(3).getArray()),
                List.of((String[]) row.getArray(4).getArray()));
    }

    /** Foreign keys that the server has not validated: what it has validated holds. */
    private static String keys(String rows) {
        String names = "ARRAY(SELECT quote_ident(a.attname) FROM unnest(k.%s) WITH ORDINALITY AS u (n, i)"
                + " JOIN pg_attribute a ON a.attrelid = k.%s AND a.attnum = u.n ORDER BY u.i)";
        return "SELECT k.conname, k.confrelid::regclass::text, " + names.formatted("conkey", "conrelid") + ", "
                + names.formatted("confkey", "confrelid") + " FROM pg_constraint k WHERE k.contype = 'f'"
                + " AND NOT k.convalidated AND k.conrelid = " + literal(rows) + "::regclass ORDER BY 1";
    }

    /** For each sequence of a whole number's column a question that says whether its next number is there already. */
    private static String sequences(String rows) {
        return "SELECT format('SELECT %L FROM (SELECT ' || CASE WHEN q.seqincrement > 0 THEN 'max' ELSE 'min' END"
                + " || '(%I) AS last FROM " + rows.replace("'", "''").replace("%", "%%") + ") AS t,"
                + " (SELECT last_value + CASE WHEN is_called THEN %s ELSE 0 END AS next FROM %s) AS s WHERE s.next BETWEEN %s"
                + " AND %s AND ' || CASE WHEN q.seqincrement > 0 THEN 't.last >= s.next' ELSE 't.last <= s.next' END,"
                + " 'the sequence ' || s.relname || ' would give a number that is there already',"
                + " a.attname, q.seqincrement, s.oid::regclass, q.seqmin, q.seqmax)"
                + " FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'"
                + " JOIN pg_sequence q ON q.seqrelid = s.oid"
                + " JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid"
                + " WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass"
                + " AND d.deptype IN ('a', 'i') AND d.refobjid = " + literal(rows) + "::regclass"
                + " AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype) ORDER BY 1";
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> T ask(String sql, Reader<T> reader) {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return reader.read(result);
        } catch (SQLException e) {
            throw PostgresFailure.of("proving what staging holds", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // It is gone already, and with it what was not committed.
        }
    }
}
