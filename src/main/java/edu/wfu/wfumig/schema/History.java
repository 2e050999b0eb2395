package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.database.SqlSession;
import edu.wfu.wfumig.schema.Applied.State;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was done to a part of a schema, in two tables of that schema: a row for each migration, and while one runs a row for each
 * of its statements. Written through the connection that runs the statements, so that a row can be in their transaction.
 */
final class History {
    static final String TABLE = "wfumig_schema_history";
    static final String STATEMENTS = "wfumig_schema_statements";

    private static final int LONGEST_NAME = 190;

    /** Which way a script goes. */
    enum Way {
        UP,
        DOWN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A statement that was begun.
     *
     * @param structure what the part held before it, packed; empty unless it is a definition
     * @param done whether it is known to be in
     * @param partly whether the server refused it and something of it is in nevertheless
     */
    record Begun(
            int number, String digest, Effect effect, String structure, String sql, boolean done, boolean partly) {}

    private final SqlSession session;
    private final Part part;
    private final String history;
    private final String statements;

    History(SqlSession session, Part part) {
        this.session = session;
        this.part = part;
        history = part.own(TABLE);
        statements = part.own(STATEMENTS);
    }

    /** Makes the tables where they are not there. */
    void open() {
        if (exists()) return;
        String texts = part.postgres() ? "text" : "LONGTEXT";
        String moment = part.postgres() ? "timestamptz" : "DATETIME";
        String ending = part.postgres() ? "" : " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin";
        // The second first: where the first is, both are.
        session.run("CREATE TABLE IF NOT EXISTS " + statements
                + " (prefix VARCHAR(64), application VARCHAR(64), id VARCHAR(16), way VARCHAR(8),"
                + " number INT, digest VARCHAR(64), effect VARCHAR(16), structure " + texts + ", sql_text " + texts
                + ", state VARCHAR(16), PRIMARY KEY (prefix, application, id, way, number))" + ending);
        session.run("CREATE TABLE IF NOT EXISTS " + history
                + " (prefix VARCHAR(64), application VARCHAR(64), id VARCHAR(16), version VARCHAR(190),"
                + " name VARCHAR(190), checksum VARCHAR(64), state VARCHAR(16), applied_at " + moment
                + ", applied_by VARCHAR(500), duration_ms BIGINT, backup VARCHAR(1000), sql_text " + texts
                + ", structure_before " + texts + ", touched " + texts + ", PRIMARY KEY (prefix, application, id))"
                + ending);
    }

    boolean exists() {
        return session.has(TABLE);
    }

    /** All that was ever applied here, by id. */
    NavigableMap<String, Applied> all() {
        var all = new TreeMap<String, Applied>();
        if (!exists()) return all;
        String at = part.postgres() ? "to_char(applied_at, 'YYYY-MM-DD HH24:MI:SS')" : "CAST(applied_at AS CHAR)";
        var rows = session.rows(
                "SELECT id, version, name, checksum, state, " + at + ", applied_by, duration_ms, backup, sql_text,"
                        + " structure_before, touched FROM " + history + " WHERE prefix = ? AND application = ?",
                part.prefix(),
                part.application());
        for (var row : rows) {
            all.put(
                    row.get(0),
                    new Applied(
                            row.get(0),
                            row.get(1),
                            row.get(2),
                            row.get(3),
                            State.valueOf(row.get(4).toUpperCase(Locale.ROOT)),
                            row.get(5),
                            row.get(6),
                            Long.parseLong(row.get(7)),
                            row.get(8).isEmpty() ? null : row.get(8),
                            Packed.unpacked(row.get(9)),
                            Packed.structure(row.get(10)),
                            row.get(11).isEmpty() ? null : Packed.names(row.get(11))));
        }
        return all;
    }

    Optional<Applied> find(String id) {
        return Optional.ofNullable(all().get(id));
    }

    /** Writes a migration's row in a transaction of its own. */
    void save(Applied applied, String by) {
        session.together(() -> write(applied, by));
    }

    /** Writes a migration's row in the place of an earlier one, in the transaction that is open. The server says when. */
    void write(Applied applied, String by) {
        session.change(
                "DELETE FROM " + history + " WHERE prefix = ? AND application = ? AND id = ?",
                part.prefix(),
                part.application(),
                applied.id());
        String now = part.postgres() ? "now()" : "UTC_TIMESTAMP()";
        session.change(
                "INSERT INTO " + history
                        + " (prefix, application, id, version, name, checksum, state, applied_at, applied_by,"
                        + " duration_ms, backup, sql_text, structure_before, touched) VALUES (?, ?, ?, ?, ?, ?, ?, "
                        + now
                        + ", ?, " + applied.millis() + ", ?, ?, ?, ?)",
                part.prefix(),
                part.application(),
                applied.id(),
                cut(applied.version()),
                cut(applied.name()),
                applied.checksum(),
                applied.state().word(),
                by,
                applied.backup() == null ? "" : applied.backup(),
                Packed.text(applied.text()),
                Packed.structure(applied.before()),
                applied.touched() == null ? "" : Packed.names(applied.touched()));
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST_NAME));
    }

    void forgetAll() {
        if (!exists()) return;
        session.change(
                "DELETE FROM " + statements + " WHERE prefix = ? AND application = ?",
                part.prefix(),
                part.application());
        session.change(
                "DELETE FROM " + history + " WHERE prefix = ? AND application = ?", part.prefix(), part.application());
    }

    /** What of a script was begun, by number. */
    NavigableMap<Integer, Begun> statements(String id, Way way) {
        var begun = new TreeMap<Integer, Begun>();
        if (!exists()) return begun;
        var rows = session.rows(
                "SELECT number, digest, effect, structure, sql_text, state FROM " + statements
                        + " WHERE prefix = ? AND application = ? AND id = ? AND way = ?",
                part.prefix(),
                part.application(),
                id,
                way.word());
        for (var row : rows) {
            int number = Integer.parseInt(row.get(0));
            begun.put(
                    number,
                    new Begun(
                            number,
                            row.get(1),
                            Effect.valueOf(row.get(2)),
                            row.get(3),
                            Packed.unpacked(row.get(4)),
                            row.get(5).equals("done"),
                            row.get(5).equals("partly")));
        }
        return begun;
    }

    void begin(String id, Way way, Script.Statement statement, String structure) {
        forget(id, way, statement.number());
        session.change(
                "INSERT INTO " + statements
                        + " (prefix, application, id, way, number, digest, effect, structure, sql_text, state)"
                        + " VALUES (?, ?, ?, ?, " + statement.number() + ", ?, ?, ?, ?, 'started')",
                part.prefix(),
                part.application(),
                id,
                way.word(),
                statement.digest(),
                statement.effect().name(),
                structure,
                Packed.text(statement.sql()));
    }

    void done(String id, Way way, int number) {
        mark(id, way, number, "done");
    }

    void partly(String id, Way way, int number) {
        mark(id, way, number, "partly");
    }

    private void mark(String id, Way way, int number, String state) {
        session.change(
                "UPDATE " + statements
                        + " SET state = ? WHERE prefix = ? AND application = ? AND id = ? AND way = ? AND number = "
                        + number,
                state,
                part.prefix(),
                part.application(),
                id,
                way.word());
    }

    void forget(String id, Way way, int number) {
        session.change(
                "DELETE FROM " + statements
                        + " WHERE prefix = ? AND application = ? AND id = ? AND way = ? AND number = " + number,
                part.prefix(),
                part.application(),
                id,
                way.word());
    }

    /** Forgets the statements of a migration, whose own row says all. */
    void forgetStatements(String id) {
        session.change(
                "DELETE FROM " + statements + " WHERE prefix = ? AND application = ? AND id = ?",
                part.prefix(),
                part.application(),
                id);
    }
}
