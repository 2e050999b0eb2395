package edu.wfu.wfumig.database.postgres;

import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.LoadGauge;
import edu.wfu.wfumig.database.ServerLoad;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that are at a statement, and how far a standby is behind. A standby that has replayed all it got is not behind,
 * however long ago the last change was. Source: PostgreSQL manual, "pg_stat_activity" and "Recovery Information Functions".
 */
final class PostgresGauge implements LoadGauge {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Supplier<Connection> open;
    private final Supplier<List<Integer>> own;
    private final String place;
    private final boolean lag;
    private @Nullable Connection connection;

    /**
     * @param own the sessions of wfumig's, the gauge's among them
     * @param lag whether replication is asked for
     */
    PostgresGauge(Supplier<Connection> open, Supplier<List<Integer>> own, String place, boolean lag) {
        this.open = open;
        this.own = own;
        this.place = place;
        this.lag = lag;
    }

    @Override
    public ServerLoad read() {
        boolean kept = connection != null;
        try {
            return load();
        } catch (SQLException e) {
            // What is kept open may have been cut meanwhile: by the server, or with the thread that opened it.
            if (!kept || PostgresFailure.kind(e) != Refusal.Kind.PASSING) throw failed(e);
        }
        close();
        try {
            return load();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private Refusal failed(SQLException e) {
        return PostgresFailure.of("asking " + place + " how busy it is", e);
    }

    private ServerLoad load() throws SQLException {
        if (connection == null) {
            connection = open.get();
            connection.setNetworkTimeout(Runnable::run, PATIENCE_MILLIS);
        }
        String mine = own.get().stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
        try (var statement = connection.prepareStatement(PostgresSql.of("load"))) {
            statement.setString(1, mine);
            try (var row = statement.executeQuery()) {
                row.next();
                long active = row.getLong(1);
                boolean replica = lag && row.getBoolean(2);
                if (!replica) return new ServerLoad(active, false, Duration.ZERO);
                double seconds = row.getDouble(3);
                return new ServerLoad(active, true, row.wasNull() ? null : Duration.ofSeconds((long) seconds));
            }
        }
    }

    /** Every account may ask. */
    @Override
    public List<String> missingGrants() {
        return List.of();
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
