package edu.wfu.wfumig.database.mysql;

import static edu.wfu.wfumig.database.mysql.MysqlText.literal;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.LoadGauge;
import edu.wfu.wfumig.database.ServerLoad;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code Threads_running}, which every account may ask for, and {@code Seconds_Behind_…}, which takes a privilege. Source: MySQL
 * and MariaDB manuals, "SHOW REPLICA STATUS".
 */
final class MysqlGauge implements LoadGauge {
    /** MariaDB, MySQL, and both before they changed the word; the first that a server does not stumble over is its own. */
    private static final List<String> STATUS =
            List.of("SHOW ALL REPLICAS STATUS", "SHOW REPLICA STATUS", "SHOW ALL SLAVES STATUS", "SHOW SLAVE STATUS");

    private static final int SYNTAX = 1064;
    private static final int DENIED = 1227;
    private static final int PATIENCE_MILLIS = 10_000;

    private final Supplier<Connection> open;
    private final IntSupplier own;
    private final String place;
    private final String user;
    private final boolean lag;
    private @Nullable Connection connection;
    private int status;

    /**
     * @param own how many connections of wfumig's are at a statement right now, the gauge's among them
     * @param lag whether replication is asked for
     */
    MysqlGauge(Supplier<Connection> open, IntSupplier own, String place, String user, boolean lag) {
        this.open = open;
        this.own = own;
        this.place = place;
        this.user = user;
        this.lag = lag;
    }

    @Override
    public ServerLoad read() {
        try {
            return patiently();
        } catch (SQLException e) {
            if (e.getErrorCode() != DENIED) throw MysqlFailure.of("asking " + place + " how busy it is", e);
            throw new Refusal(
                    Refusal.Kind.FAILED,
                    Problem.of(
                            "the account may not ask " + place + " how far it is behind",
                            "what replicaLag in the plan needs",
                            "the target is untouched",
                            grant()),
                    e);
        }
    }

    @Override
    public List<String> missingGrants() {
        try {
            patiently();
            return List.of();
        } catch (SQLException e) {
            if (e.getErrorCode() == DENIED) return List.of(grant());
            throw MysqlFailure.of("asking " + place + " how busy it is", e);
        }
    }

    /** What is kept open may have been cut meanwhile: by the server, or with the thread that opened it. */
    private ServerLoad patiently() throws SQLException {
        boolean kept = connection != null;
        try {
            return load();
        } catch (SQLException e) {
            if (!kept || MysqlFailure.kind(e) != Refusal.Kind.PASSING) throw e;
            close();
            return load();
        }
    }

    private ServerLoad load() throws SQLException {
        try (var statement = connection().createStatement()) {
            long threads = threads(statement);
            if (!lag) return new ServerLoad(threads, false, Duration.ZERO);
            try (var channels = replication(statement)) {
                boolean replica = false;
                Long most = 0L;
                while (channels.next()) {
                    replica = true;
                    long behind = channels.getLong(behind(channels));
                    most = channels.wasNull() || most == null ? null : Long.valueOf(Math.max(most, behind));
                }
                return new ServerLoad(threads, replica, most == null ? null : Duration.ofSeconds(most));
            }
        }
    }

    /**
     * A paused reader hangs in the middle of its SELECT, and the server counts it as running: if it were not taken off, few
     * readers could keep each other waiting for ever.
     */
    private long threads(Statement statement) throws SQLException {
        try (var result = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Threads_running'")) {
            long running = result.next() ? result.getLong(2) : 0;
            return Math.max(0, running - own.getAsInt());
        }
    }

    private ResultSet replication(Statement statement) throws SQLException {
        while (true) {
            try {
                return statement.executeQuery(STATUS.get(status));
            } catch (SQLException e) {
                if (e.getErrorCode() != SYNTAX || status == STATUS.size() - 1) throw e;
                status++;
            }
        }
    }

    /** {@code Seconds_Behind_Source} or {@code …_Master}, wherever the server's version puts it. */
    private static int behind(ResultSet channels) throws SQLException {
        var columns = channels.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            if (columns.getColumnLabel(i).startsWith("Seconds_Behind_")) return i;
        }
        throw new SQLException("the status of replication has no Seconds_Behind_…");
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            connection = open.get();
            connection.setNetworkTimeout(Runnable::run, PATIENCE_MILLIS);
        }
        return connection;
    }

    private String grant() {
        boolean mariadb;
        try {
            mariadb = connection().getMetaData().getDatabaseProductVersion().contains("MariaDB");
        } catch (SQLException e) {
            throw MysqlFailure.of("asking " + place + " for its version", e);
        }
        return "GRANT " + (mariadb ? "REPLICA MONITOR" : "REPLICATION CLIENT") + " ON *.* TO " + literal(user);
    }

    @Override
    public void close() {
        if (connection == null) return;
        try {
            connection.close();
        } catch (SQLException e) {
            // Nothing hangs on it: it only asked.
        }
        connection = null;
    }
}
