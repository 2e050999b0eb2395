package edu.wfu.wfumig.database.mysql;

import static edu.wfu.wfumig.database.mysql.MysqlText.name;

import edu.wfu.wfumig.database.RunTable;
import edu.wfu.wfumig.database.SchemaEditor;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The history of runs on MySQL or MariaDB. */
final class MysqlRunTable implements RunTable {
    private final Supplier<SchemaEditor> open;
    private final String schema;
    private @Nullable SchemaEditor opened;

    /**
     * @param open is asked for an editor with the first row that is written
     */
    MysqlRunTable(Supplier<SchemaEditor> open, String schema) {
        this.open = open;
        this.schema = schema;
    }

    private SchemaEditor editor() {
        if (opened == null) opened = open.get();
        return opened;
    }

    @Override
    public void begin(String run, String source, String target, int scopes, long bytes) {
        editor().createTable(
                        schema,
                        "CREATE TABLE IF NOT EXISTS " + name(TABLE)
                                + " (run VARCHAR(190) CHARACTER SET ascii PRIMARY KEY,"
                                + " source VARCHAR(64), target VARCHAR(64), started DATETIME, updated DATETIME,"
                                + " phase VARCHAR(64), scopes INT, finished INT, percent INT, size_bytes BIGINT,"
                                + " duration_seconds INT) DEFAULT CHARSET=utf8mb4");
        editor().update(
                        "INSERT INTO " + name(schema, TABLE)
                                + " VALUES (?, ?, ?, UTC_TIMESTAMP(), UTC_TIMESTAMP(), 'started', ?, 0, 0, ?,"
                                + " 0) ON DUPLICATE KEY UPDATE updated = UTC_TIMESTAMP(), phase = 'resumed'",
                        List.of(run, source, target, Integer.toString(scopes), Long.toString(bytes)));
    }

    @Override
    public void update(String run, String phase, int finished, int percent) {
        editor().update(
                        "UPDATE " + name(schema, TABLE)
                                + " SET updated = UTC_TIMESTAMP(), phase = ?, finished = ?, percent = ?,"
                                + " duration_seconds = TIMESTAMPDIFF(SECOND, started, UTC_TIMESTAMP()) WHERE run = ?",
                        List.of(
                                phase.substring(0, Math.min(64, phase.length())),
                                Integer.toString(finished),
                                Integer.toString(percent),
                                run));
    }

    @Override
    public void close() {
        if (opened != null) opened.close();
    }
}
