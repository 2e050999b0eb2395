package edu.wfu.wfumig.database.mysql;

import com.mysql.cj.jdbc.JdbcStatement;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.BulkLoader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Loads chunks with {@code LOAD DATA LOCAL INFILE} from memory; with {@code INSERT} where the server forbids that.
 *
 * <p>LOCAL implies IGNORE: the server drops duplicates and cuts values with nothing but a warning. So any warning is
 * an error, and the number of rows taken is compared. Source: MySQL manual, "LOAD DATA Statement", "Error Handling".
 */
final class MysqlLoader implements BulkLoader {
    /** INSERT statements are cut near this size, well below any server's max_allowed_packet. */
    private static final int INSERT_BYTES = 1 << 20;

    private final Connection connection;
    private final MysqlFence fence;
    private boolean local = true;

    MysqlLoader(Connection connection, MysqlFence fence) {
        this.connection = connection;
        this.fence = fence;
        try (var statement = statement();
                var result = statement.executeQuery("SELECT @@local_infile")) {
            result.next();
            local = result.getInt(1) == 1;
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw MysqlFailure.of("preparing to load", e);
        }
    }

    /** A statement that answers a server which asks for a file with nothing. */
    private Statement statement() throws SQLException {
        var statement = connection.createStatement();
        ((JdbcStatement) statement).setLocalInfileInputStream(InputStream.nullInputStream());
        return statement;
    }

    @Override
    public String path() {
        return local ? "LOAD DATA LOCAL" : "INSERT (the server forbids LOAD DATA LOCAL)";
    }

    @Override
    public void load(String table, List<String> columns, boolean loadable, byte[] text, int from, int to, long rows) {
        String names = columns.stream().map(MysqlText::name).collect(Collectors.joining(",", "(", ")"));
        try {
            requireHeld(false);
            long taken =
                    loadable && local ? loadData(table, names, text, from, to) : insert(table, names, text, from, to);
            if (taken != rows) {
                connection.rollback();
                throw mismatch(table, "took " + taken + " of " + rows + " rows");
            }
            requireHeld(true);
            connection.commit();
        } catch (SQLException e) {
            rollback();
            boolean forbidden = e.getErrorCode() == 1148 || e.getErrorCode() == 3948 || e.getErrorCode() == 4166;
            if (!forbidden || !local) throw MysqlFailure.of("loading table " + table, e);
            local = false;
            load(table, columns, loadable, text, from, to, rows);
        }
    }

    /** Whoever has lost the target loads nothing, and what it was loading is not committed. */
    private void requireHeld(boolean committing) throws SQLException {
        try (var statement = statement()) {
            fence.requireInBytes(statement, committing);
        } catch (Refusal lost) {
            rollback();
            throw lost;
        }
    }

    private long loadData(String table, String names, byte[] text, int from, int to) throws SQLException {
        // Connector/J sends what begins with LOAD DATA in the platform's charset; a comment in front keeps it from
        // that.
        String sql = "/* rows */ LOAD DATA LOCAL INFILE 'rows' INTO TABLE " + MysqlText.name(table)
                + " CHARACTER SET binary FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\\'' ESCAPED BY '\\\\'"
                + " LINES STARTING BY '(' TERMINATED BY '),\\n' " + names;
        try (var statement = statement()) {
            // The last row ends the statement; for LOAD DATA it ends like the others.
            InputStream rows = new SequenceInputStream(
                    new ByteArrayInputStream(text, from, to - from - 2),
                    new ByteArrayInputStream(",\n".getBytes(StandardCharsets.US_ASCII)));
            ((JdbcStatement) statement).setLocalInfileInputStream(rows);
            long taken = statement.executeLargeUpdate(MysqlText.inBytes(sql));
            refuseWarnings(table, statement);
            return taken;
        }
    }

    private long insert(String table, String names, byte[] text, int from, int to) throws SQLException {
        String head = MysqlText.inBytes("INSERT INTO " + MysqlText.name(table) + " " + names + " VALUES ");
        long taken = 0;
        int start = from;
        try (var statement = statement()) {
            while (start < to) {
                int end = Math.min(start + INSERT_BYTES, to);
                while (text[end - 1] != '\n') end++;
                String rows = new String(text, start, end - start - 2, StandardCharsets.ISO_8859_1);
                taken += statement.executeLargeUpdate(head + rows);
                refuseWarnings(table, statement);
                start = end;
            }
        }
        return taken;
    }

    private void refuseWarnings(String table, Statement loaded) throws SQLException {
        // Asks the server only if it has counted any.
        if (loaded.getWarnings() == null) return;
        try (var statement = statement();
                var result = statement.executeQuery("SHOW WARNINGS LIMIT 3")) {
            var warnings = new StringBuilder();
            while (result.next()) {
                if (result.getString(1).equals("Note")) continue;
                warnings.append(warnings.isEmpty() ? "" : "; ").append(result.getString(3));
            }
            if (warnings.isEmpty()) return;
            connection.rollback();
            throw mismatch(table, "warned: " + warnings);
        }
    }

    private static Refusal mismatch(String table, String what) {
        return new Refusal(
                Refusal.Kind.MISMATCH,
                Problem.of(
                        "loading table " + table + ", the staging server " + what,
                        "every row taken as it is",
                        "the target is untouched",
                        "see what the message names in the source, or exclude the table"));
    }

    private void rollback() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is gone, and with it the transaction.
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw MysqlFailure.of("closing a loader", e);
        }
    }
}
