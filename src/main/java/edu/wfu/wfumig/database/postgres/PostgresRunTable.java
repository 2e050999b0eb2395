package edu.wfu.wfumig.database.postgres;

import static edu.wfu.wfumig.database.postgres.PostgresText.name;

import edu.wfu.wfumig.database.RunTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The history of runs on PostgreSQL. A row for the run itself, whose phase and table are empty; a row for each phase, whose
 * table is empty; a row for each table in a phase.
 */
final class PostgresRunTable implements RunTable {
    private final Connection connection;
    private final String schema;

    PostgresRunTable(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    @Override
    public void begin(String run, String source, String target, int scopes, long bytes) {
        // CREATE TABLE asks for a right even when the table is there.
        if (!there()) make();
        change(
                "INSERT INTO " + name(schema, TABLE) + " (run, direction, status, scopes, finished, size_bytes,"
                        + " duration_seconds) VALUES (?, ?, 'started', ?, 0, ?, 0) ON CONFLICT (run, phase, table_name)"
                        + " DO UPDATE SET status = 'resumed', updated = now()",
                run,
                source + " -> " + target,
                scopes,
                bytes);
    }

    private boolean there() {
        try (var statement = connection.createStatement()) {
            return PostgresRows.oid(statement, schema, TABLE) != 0;
        } catch (SQLException e) {
            throw PostgresFailure.of("looking for the history of runs", e);
        }
    }

    private void make() {
        change("CREATE TABLE IF NOT EXISTS " + name(schema, TABLE)
                + " (run text NOT NULL, phase text NOT NULL DEFAULT '', table_name text NOT NULL DEFAULT '',"
                + " direction text, status text NOT NULL, percent smallint NOT NULL DEFAULT 0, row_count bigint,"
                + " size_bytes bigint, duration_seconds numeric(12, 3), scopes integer, finished integer,"
                + " started timestamptz NOT NULL DEFAULT now(), updated timestamptz NOT NULL DEFAULT now(),"
                + " PRIMARY KEY (run, phase, table_name))");
    }

    @Override
    public void update(String run, String phase, int finished, int percent) {
        change(
                "UPDATE " + name(schema, TABLE) + " SET status = ?, finished = ?, percent = ?, updated = now(),"
                        + " duration_seconds = EXTRACT(EPOCH FROM now() - started)"
                        + " WHERE run = ? AND phase = '' AND table_name = ''",
                phase,
                finished,
                percent,
                run);
    }

    @Override
    public void part(String run, Part part) {
        change(
                "INSERT INTO " + name(schema, TABLE) + " AS h (run, phase, table_name, direction, status, percent,"
                        + " row_count, size_bytes, duration_seconds, started) SELECT ?, ?, ?, r.direction, ?, ?, ?, ?, ?,"
                        + " now() - make_interval(secs => ?) FROM " + name(schema, TABLE)
                        + " r WHERE r.run = ? AND r.phase = '' AND r.table_name = ''"
                        + " ON CONFLICT (run, phase, table_name) DO UPDATE SET status = EXCLUDED.status,"
                        + " percent = EXCLUDED.percent, row_count = EXCLUDED.row_count, size_bytes = EXCLUDED.size_bytes,"
                        + " duration_seconds = EXCLUDED.duration_seconds, updated = now()",
                run,
                part.phase(),
                part.table(),
                part.status(),
                part.percent(),
                part.rows(),
                part.bytes(),
                seconds(part.took()),
                seconds(part.took()),
                run);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private void change(String sql, Object... values) {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw PostgresFailure.of("writing the history of runs", e);
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
