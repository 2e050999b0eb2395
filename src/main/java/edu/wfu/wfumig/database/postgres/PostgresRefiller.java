package edu.wfu.wfumig.database.postgres;

import static edu.wfu.wfumig.database.postgres.PostgresText.literal;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Exchange;
import edu.wfu.wfumig.database.SchemaEditor.Move;
import edu.wfu.wfumig.database.Swapper;
import edu.wfu.wfumig.database.postgres.PostgresRefill.Filled;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Gives the target's tables other rows in one transaction, for targets where what hangs on the very tables must stay:
 * functions, policies, publications, views, grants.
 *
 * <ol>
 *   <li>The tables are locked, with those that refer to them. Their rows are copied to the kept schema, the positions of their
 *       sequences with them.
 *   <li>Foreign keys are dropped and triggers put to sleep; then all tables are truncated in one statement and filled from the
 *       staged ones.
 *   <li>Triggers are as they were, foreign keys are made again and validated, sequences take the staged positions: by ALTER
 *       SEQUENCE, because a setval would outlive a transaction that fails.
 * </ol>
 *
 * The way back is the same from the kept copies, which are dropped with it: whether there are copies tells which of both states
 * is the case. The tables are locked for as long as it takes to copy and to fill them, with their indexes. A materialized view
 * shows the rows that it has until it is refreshed.
 */
final class PostgresRefiller implements Swapper {
    private final Connection connection;
    private final PostgresFence fence;
    private final PostgresAttempts attempts;

    PostgresRefiller(Connection connection, PostgresFence fence, PostgresAttempts attempts) {
        this.connection = connection;
        this.fence = fence;
        this.attempts = attempts;
    }

    @Override
    public Exchange plan(List<Move> out, List<Move> in, Company company) {
        try (var statement = connection.createStatement()) {
            for (var view : company.views()) {
                if (PostgresRows.oid(statement, in.get(0).to().schema(), view.name()) == 0) throw newView(view.name());
            }
            return new Exchange(out, in, PostgresRefill.look(statement, out, in).facts());
        } catch (SQLException e) {
            throw PostgresFailure.of("looking at tables that get other rows", e);
        }
    }

    private static Refusal newView(String view) {
        return new Refusal(
                Refusal.Kind.FAILED,
                Problem.of(
                        "the target has no view " + view,
                        "views that are there, because the target's definitions stay",
                        "the target is untouched",
                        "make the view on the target, or exclude it"));
    }

    @Override
    public void move(Exchange exchange) {
        var refill = PostgresRefill.of(exchange);
        attempts.run(connection, "filling tables anew", fence, relations(refill), statement -> {
            if (filled(statement, refill)) return;
            var keys = lock(statement, refill);
            for (var table : refill.tables()) {
                PostgresMoves.requireSchema(
                        statement, exchange.out().get(0).to().schema());
                keep(statement, table);
            }
            dropAll(statement, keys);
            var awake = sleep(statement, refill);
            truncate(statement, refill);
            for (var table : refill.tables()) fill(statement, table, table.staged(), table.columns());
            for (var table : refill.tables()) {
                for (var pair : table.sequences().entrySet()) {
                    restart(statement, pair.getKey(), next(statement, pair.getValue()));
                }
            }
            for (var move : refill.added()) PostgresMoves.bring(statement, move, List.of());
            PostgresMoves.executeAll(statement, awake);
            makeAll(statement, keys);
        });
    }

    @Override
    public void complete(Exchange exchange) {
        // All that there is to do was done together with the rows.
    }

    @Override
    public void back(Exchange exchange, boolean moved) {
        var refill = PostgresRefill.of(exchange);
        attempts.run(connection, "filling tables with their old rows", fence, relations(refill), statement -> {
            if (!filled(statement, refill)) return;
            var keys = lock(statement, refill);
            dropAll(statement, keys);
            var awake = sleep(statement, refill);
            truncate(statement, refill);
            for (var table : refill.tables()) fill(statement, table, table.kept(), table.stored());
            for (var table : refill.tables()) {
                for (String position : positions(statement, table)) {
                    var parts = position.split("\t", 2);
                    restart(statement, parts[1], Long.parseLong(parts[0]));
                }
            }
            for (var move : refill.added()) PostgresMoves.bring(statement, move.back(), List.of());
            PostgresMoves.executeAll(statement, awake);
            makeAll(statement, keys);
            for (var table : refill.tables()) statement.execute("DROP TABLE " + table.kept());
        });
    }

    /** A foreign key of any table that is filled or refers to one that is. */
    private record Key(String table, String drop, String make) {}

    private static List<Key> keys(Statement statement, PostgresRefill refill) throws SQLException {
        String oids = PostgresRows.oids(relations(refill));
        return PostgresRows.read(
                statement,
                "SELECT format('%I.%I', n.nspname, c.relname), quote_ident(k.conname), pg_get_constraintdef(k.oid)"
                        + " FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n"
                        + " ON n.oid = c.relnamespace WHERE k.contype = 'f' AND k.conparentid = 0 AND (k.conrelid = ANY("
                        + oids + ") OR k.confrelid = ANY(" + oids + ")) ORDER BY 1, 2",
                row -> new Key(
                        row.getString(1),
                        "ALTER TABLE " + row.getString(1) + " DROP CONSTRAINT " + row.getString(2),
                        "ALTER TABLE " + row.getString(1) + " ADD CONSTRAINT " + row.getString(2) + " "
                                + row.getString(3)));
    }

    /** Locks the tables and those that refer to them; returns the foreign keys, which cannot change then. */
    private static List<Key> lock(Statement statement, PostgresRefill refill) throws SQLException {
        statement.execute("SET LOCAL row_security = off");
        var tables = refill.tables().stream().map(Filled::live).toList();
        var referring = keys(statement, refill).stream().map(Key::table);
        PostgresMoves.lock(statement, Stream.concat(tables.stream(), referring));
        return keys(statement, refill);
    }

    private static void dropAll(Statement statement, List<Key> keys) throws SQLException {
        for (var key : keys) statement.execute(key.drop());
    }

    private static void makeAll(Statement statement, List<Key> keys) throws SQLException {
        for (var key : keys) statement.execute(key.make());
    }

    /** Puts triggers to sleep; returns the statements that wake those that were awake. */
    private static List<String> sleep(Statement statement, PostgresRefill refill) throws SQLException {
        var awake = new ArrayList<String>();
        for (var table : refill.tables()) {
            awake.addAll(PostgresRows.texts(
                    statement,
                    "SELECT 'ALTER TABLE ' || " + literal(table.live()) + " || CASE tgenabled WHEN 'R' THEN"
                            + " ' ENABLE REPLICA' WHEN 'A' THEN ' ENABLE ALWAYS' ELSE ' ENABLE' END || ' TRIGGER ' ||"
                            + " quote_ident(tgname) FROM pg_trigger WHERE tgrelid = " + table.oid()
                            + " AND NOT tgisinternal AND tgenabled <> 'D' ORDER BY tgname"));
            statement.execute("ALTER TABLE " + table.live() + " DISABLE TRIGGER USER");
        }
        return awake;
    }

    private static void truncate(Statement statement, PostgresRefill refill) throws SQLException {
        if (refill.tables().isEmpty()) return;
        statement.execute(
                "TRUNCATE " + refill.tables().stream().map(Filled::live).collect(Collectors.joining(", ")));
    }

    private static void fill(Statement statement, Filled table, String from, List<String> columns) throws SQLException {
        if (columns.isEmpty()) return;
        statement.execute("INSERT INTO " + table.live() + " (" + list(columns) + ") OVERRIDING SYSTEM VALUE SELECT "
                + list(columns) + " FROM " + from);
    }

    /** Copies the rows; the positions of the sequences are written down as the copy's comment, a line for each. */
    private static void keep(Statement statement, Filled table) throws SQLException {
        statement.execute(
                "CREATE TABLE " + table.kept() + " AS SELECT " + list(table.stored()) + " FROM " + table.live());
        var positions = new ArrayList<String>();
        for (String sequence : table.sequences().keySet()) positions.add(next(statement, sequence) + "\t" + sequence);
        statement.execute("COMMENT ON TABLE " + table.kept() + " IS " + literal(String.join("\n", positions)));
    }

    private static List<String> positions(Statement statement, Filled table) throws SQLException {
        return PostgresRows.texts(
                statement,
                "SELECT unnest(string_to_array(obj_description(" + literal(table.kept())
                        + "::regclass, 'pg_class'), E'\n'))");
    }

    /** The value that a sequence gives next. */
    private static long next(Statement statement, String sequence) throws SQLException {
        return PostgresRows.read(
                        statement,
                        "SELECT CASE WHEN p.is_called THEN p.last_value + s.seqincrement ELSE p.last_value END FROM "
                                + sequence + " p, pg_sequence s WHERE s.seqrelid = " + literal(sequence) + "::regclass",
                        row -> row.getLong(1))
                .get(0);
    }

    private static void restart(Statement statement, String sequence, long next) throws SQLException {
        statement.execute("ALTER SEQUENCE " + sequence + " RESTART WITH " + next);
    }

    private static String list(List<String> columns) {
        return String.join(", ", columns);
    }

    private static Collection<Long> relations(PostgresRefill refill) {
        return refill.tables().stream().map(Filled::oid).toList();
    }

    /** Whether the rows are the new ones: then the copies of the old ones are there. */
    private static boolean filled(Statement statement, PostgresRefill refill) throws SQLException {
        if (!refill.tables().isEmpty()) {
            return !PostgresRows.texts(
                            statement,
                            "SELECT 1 WHERE to_regclass("
                                    + literal(refill.tables().get(0).kept()) + ") IS NOT NULL")
                    .isEmpty();
        }
        var first = refill.added().get(0);
        return PostgresRows.oid(statement, first.from().schema(), first.from().table()) == 0;
    }

    @Override
    public Exchange remade(Exchange exchange) {
        return exchange;
    }

    @Override
    public List<String> missing(Exchange exchange) {
        var refill = PostgresRefill.of(exchange);
        try (var statement = connection.createStatement()) {
            return filled(statement, refill) ? List.of() : List.of("the tables have their old rows");
        } catch (SQLException e) {
            throw PostgresFailure.of("looking at tables that got other rows", e);
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
