package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.Digest;
import edu.wfu.wfumig.database.SqlSession;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Lets histories go with their tables, when a run brings tables from elsewhere: what is applied to them is what was applied there.
 *
 * <ol>
 *   <li>Histories under a prefix are looked at on both sides. One goes along when a table that it has touched was brought.
 *   <li>In one transaction the target's own rows are put aside under a prefix that names the run, the source's take their place,
 *       and a marker says so, also when there were none. Where the source has none, the target has none then. Of a history that
 *       does not go, a copy is put aside: migrations behind the sites may change tables that were brought.
 *   <li>A rollback of the run puts them back, in one transaction too: those that went, and those that have touched by then what
 *       was brought.
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
     * @param came what was applied where the tables came from; asked for only when nothing was done yet
     * @param brought names of tables
     */
    public void follow(Supplier<Histories> came, Collection<String> brought) {
        if (known() && marked()) return;
        var from = came.get();
        new History(target, part).open();
        var own = Histories.of(part, List.of(part.prefix()), target::rows);
        var going = new TreeSet<String>();
        for (var side : List.of(from, own)) {
            for (String application : side.applications(part.prefix())) {
                if (side.of(part.prefix(), application).touches(part, brought)) going.add(application);
            }
        }
        target.together(() -> {
            target.change(
                    "INSERT INTO " + history + " (prefix, application, id, sql_text) VALUES (?, '', '', ?)",
                    aside,
                    Packed.names(going));
            for (String application : own.applications(part.prefix())) {
                if (going.contains(application)) rename(part.prefix(), aside, application);
                else copy(own.of(part.prefix(), application), aside);
            }
            for (String application : going) copy(from.of(part.prefix(), application), part.prefix());
        });
    }

    /**
     * Puts back what was put aside; nothing when nothing was.
     *
     * @param brought names of the tables that go back
     */
    public void giveBack(Collection<String> brought) {
        if (!known() || !marked()) return;
        Set<String> went = Packed.names(target.rows(
                        "SELECT sql_text FROM " + history + " WHERE prefix = ? AND application = '' AND id = ''", aside)
                .get(0)
                .get(0));
        var now = Histories.of(part, List.of(part.prefix()), target::rows);
        var applications = new TreeSet<>(went);
        applications.addAll(now.applications(part.prefix()));
        applications.addAll(Histories.of(part, List.of(aside), target::rows).applications(aside));
        target.together(() -> {
            for (String application : applications) {
                boolean back = went.contains(application)
                        || now.of(part.prefix(), application).touches(part, brought);
                forget(back ? part.prefix() : aside, application);
                if (back) rename(aside, part.prefix(), application);
            }
            target.change("DELETE FROM " + history + " WHERE prefix = ? AND application = ''", aside);
        });
    }

    private void forget(String prefix, String application) {
        for (String table : List.of(History.TABLE, History.STATEMENTS)) {
            target.change(
                    "DELETE FROM " + part.own(table) + " WHERE prefix = ? AND application = ?", prefix, application);
        }
    }

    private boolean known() {
        return target.has(History.TABLE);
    }

    private boolean marked() {
        return !target.rows("SELECT id FROM " + history + " WHERE prefix = ? AND application = ''", aside)
                .isEmpty();
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

    private void copy(Histories histories, String prefix) {
        for (var row : histories.migrations()) {
            insert(History.TABLE, Histories.MIGRATION + ", applied_at", under(prefix, row), "bigint", "timestamptz");
        }
        for (var row : histories.statements()) {
            insert(History.STATEMENTS, Histories.STATEMENT, under(prefix, row), "int");
        }
    }

    private static List<String> under(String prefix, List<String> row) {
        var moved = new ArrayList<>(row);
        moved.set(0, prefix);
        return moved;
    }

    /**
     * @param types of the row's last values, which are no texts: PostgreSQL wants to be told
     */
    private void insert(String table, String columns, List<String> row, String... types) {
        var places = new ArrayList<>(Collections.nCopies(row.size(), "?"));
        for (int i = 0; part.postgres() && i < types.length; i++) {
            places.set(row.size() - types.length + i, "CAST(? AS " + types[i] + ")");
        }
        target.change(
                "INSERT INTO " + part.own(table) + " (" + columns + ") VALUES (" + String.join(", ", places) + ")",
                row.toArray(String[]::new));
    }
}
