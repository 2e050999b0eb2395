package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.Digest;
import edu.wfu.wfumig.database.SqlSession;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lets histories go with their tables, when a run brings tables from elsewhere: what is applied to them is what was applied there.
 *
 * <ol>
 *   <li>Histories under a prefix are looked at on both sides. One goes along when a table that it has touched was brought.
 *   <li>In one transaction the target's own rows are put aside under a prefix that names the run, the source's take their place,
 *       and a marker says so. Where the source has none, the target has none then.
 *   <li>A rollback of the run puts them back, in one transaction too.
 * </ol>
 *
 * Safe to repeat, both ways: the marker tells what was done.
 */
public final class HistoryMove {
    private final SqlSession target;
    private final Part part;
    private final String history;
    private final String aside;

    /**
     * @param run whose tables were brought
     */
    public HistoryMove(SqlSession target, Part part, String run) {
        this.target = target;
        this.part = part;
        history = part.own(History.TABLE);
        aside = "~" + Digest.of(run).substring(0, 8) + "~" + part.prefix();
    }

    /**
     * @param source a connection to where the tables came from
     * @param brought names of tables
     */
    public void follow(SqlSession source, Part from, Collection<String> brought) {
        if (!known(source) && !known(target)) return;
        new History(target, part).open();
        if (marked()) return;
        var going = new TreeSet<String>();
        for (String application : applications(source, from)) {
            if (touches(source, of(from, application), brought)) going.add(application);
        }
        for (String application : applications(target, part)) {
            if (touches(target, of(part, application), brought)) going.add(application);
        }
        target.together(() -> {
            target.change(
                    "INSERT INTO " + history + " (prefix, application, id, sql_text) VALUES (?, '', '', ?)",
                    aside,
                    Packed.names(going));
            for (String application : going) {
                rename(part.prefix(), aside, application);
                if (known(source)) copy(source, from, application);
            }
        });
    }

    /** Puts back what was put aside; nothing when nothing was. */
    public void giveBack() {
        if (!known(target) || !marked()) return;
        Set<String> went = Packed.names(target.rows(
                        "SELECT sql_text FROM " + history + " WHERE prefix = ? AND application = '' AND id = ''", aside)
                .get(0)
                .get(0));
        target.together(() -> {
            for (String application : went) {
                for (String table : List.of(History.TABLE, History.STATEMENTS)) {
                    target.change(
                            "DELETE FROM " + part.own(table) + " WHERE prefix = ? AND application = ?",
                            part.prefix(),
                            application);
                }
                rename(aside, part.prefix(), application);
            }
            target.change("DELETE FROM " + history + " WHERE prefix = ? AND application = ''", aside);
        });
    }

    private static boolean known(SqlSession session) {
        return session.has(History.TABLE);
    }

    private boolean marked() {
        return !target.rows("SELECT id FROM " + history + " WHERE prefix = ? AND application = ''", aside)
                .isEmpty();
    }

    private static List<String> applications(SqlSession session, Part part) {
        if (!known(session)) return List.of();
        return session
                .rows(
                        "SELECT DISTINCT application FROM " + part.own(History.TABLE)
                                + " WHERE prefix = ? AND application <> ''",
                        part.prefix())
                .stream()
                .map(row -> row.get(0))
                .toList();
    }

    private static Part of(Part part, String application) {
        return new Part(part.schema(), part.prefix(), application, part.postgres());
    }

    private static boolean touches(SqlSession session, Part part, Collection<String> brought) {
        return new History(session, part)
                .all().values().stream()
                        .map(Applied::touched)
                        .filter(Objects::nonNull)
                        .flatMap(Set::stream)
                        .map(part::live)
                        .anyMatch(brought::contains);
    }

    private void rename(String from, String to, String application) {
        for (String table : List.of(History.TABLE, History.STATEMENTS)) {
            target.change(
                    "UPDATE " + part.own(table) + " SET prefix = ? WHERE prefix = ? AND application = ?",
                    to,
                    from,
                    application);
        }
    }

    private void copy(SqlSession source, Part from, String application) {
        String at = part.postgres() ? "CAST(applied_at AS text)" : "CAST(applied_at AS CHAR)";
        String moment = part.postgres() ? "CAST(? AS timestamptz)" : "CAST(? AS DATETIME)";
        var rows = source.rows(
                "SELECT id, version, name, checksum, state, " + at + ", applied_by, backup, sql_text, structure_before,"
                        + " touched, duration_ms FROM " + from.own(History.TABLE)
                        + " WHERE prefix = ? AND application = ?",
                from.prefix(),
                application);
        for (var row : rows) {
            target.change(
                    "INSERT INTO " + history
                            + " (prefix, application, id, version, name, checksum, state, applied_at,"
                            + " applied_by, backup, sql_text, structure_before, touched, duration_ms) VALUES (?, ?, ?, ?, ?, ?, ?, "
                            + moment + ", ?, ?, ?, ?, ?, " + Long.parseLong(row.get(11)) + ")",
                    values(application, row.subList(0, 11)));
        }
        var statements = source.rows(
                "SELECT id, way, digest, effect, structure, sql_text, state, number FROM "
                        + from.own(History.STATEMENTS) + " WHERE prefix = ? AND application = ?",
                from.prefix(),
                application);
        for (var row : statements) {
            target.change(
                    "INSERT INTO " + part.own(History.STATEMENTS)
                            + " (prefix, application, id, way, digest, effect, structure, sql_text,"
                            + " state, number) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, " + Integer.parseInt(row.get(7))
                            + ")",
                    values(application, row.subList(0, 7)));
        }
    }

    private String[] values(String application, List<String> row) {
        var values = new ArrayList<String>();
        values.add(part.prefix());
        values.add(application);
        values.addAll(row);
        return values.toArray(String[]::new);
    }
}
