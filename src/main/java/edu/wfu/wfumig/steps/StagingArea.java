package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.Register;
import edu.wfu.wfumig.database.SchemaEditor;
import edu.wfu.wfumig.graph.Graph.Place;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.graph.TableNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A place for staged tables, and the knowledge which tables in it are wfumig's. In a schema of its own that is
 * the {@link Register}, into which a name is written before the table is made; elsewhere it is the reserved name. Nothing
 * else is ever dropped.
 */
public final class StagingArea {
    private final Database database;
    private final Place place;

    public StagingArea(Database database, Place place) {
        this.database = database;
        this.place = place;
    }

    public Place place() {
        return place;
    }

    public Database database() {
        return database;
    }

    String schema() {
        return place.schema();
    }

    String staged(String table) {
        return TableNames.staged(place, table);
    }

    /** Makes the schema and the register when they are not there. */
    void open() {
        if (!place.own()) return;
        try (var editor = database.editor()) {
            editor.createSchema(schema());
            editor.register(schema()).open();
        }
    }

    /** Makes the place ready, drops what earlier runs left there, and refuses what is not wfumig's. */
    public void prepare() {
        open();
        try (var editor = database.editor()) {
            var foreign = foreign();
            if (foreign.isPresent()) throw new Refusal(Refusal.Kind.FAILED, foreign.get());
            drop(editor, ours());
        }
    }

    /** What is wrong when there are tables here that are not wfumig's. */
    Optional<Problem> foreign() {
        var unknown = unknown();
        if (unknown.isEmpty()) return Optional.empty();
        return Optional.of(Problem.of(
                "the staging schema " + schema() + " holds tables that are not wfumig's: "
                        + String.join(", ", unknown.subList(0, Math.min(5, unknown.size())))
                        + (unknown.size() > 5 ? ", …" : ""),
                "a schema for staging alone",
                "they were not touched; nothing was written",
                "name another schema in the plan's staging block, or move them away"));
    }

    /** Staged tables that are there now. */
    public List<String> ours() {
        var known = register();
        return present().stream()
                .filter(table -> place.own() ? known.contains(table) : table.startsWith(TableNames.STAGED))
                .toList();
    }

    private List<String> unknown() {
        if (!place.own()) return List.of();
        var known = register();
        return present().stream()
                .filter(table -> !known.contains(table) && !table.equals(Register.TABLE))
                .toList();
    }

    /** Empties the place of a scope's tables. */
    public void clear(Scope scope) {
        if (place.own() && !present().contains(Register.TABLE)) return; // somebody has cleared it all
        var staged = scope.tableNames().stream().map(this::staged).toList();
        try (var editor = database.editor()) {
            drop(editor, staged);
        }
    }

    /** Drops everything of wfumig's here, and the schema when it is wfumig's own and nothing is left. */
    public List<String> clearAll() {
        var ours = ours();
        try (var editor = database.editor()) {
            drop(editor, ours);
            if (place.own() && unknown().isEmpty()) {
                editor.dropTables(schema(), List.of(Register.TABLE));
                editor.dropEmptySchema(schema());
            }
        }
        return ours;
    }

    /** Registers and creates an empty staged table. */
    void create(SchemaEditor editor, String table, String create) {
        register(editor, table);
        editor.createTable(schema(), create);
    }

    /** Whether every table of a scope is staged. */
    public boolean holds(Scope scope) {
        return Set.copyOf(ours())
                .containsAll(scope.tableNames().stream().map(this::staged).toList());
    }

    /** Drops the staged table of that name, if it is there. */
    void drop(SchemaEditor editor, String table) {
        drop(editor, List.of(staged(table)));
    }

    /** Makes ready for tables that come from elsewhere under their staged names. */
    void expect(SchemaEditor editor, List<String> tables) {
        open();
        tables.forEach(table -> register(editor, table));
    }

    private void register(SchemaEditor editor, String table) {
        if (place.own()) editor.register(schema()).add(staged(table));
    }

    private void drop(SchemaEditor editor, List<String> tables) {
        // Children first or parents first does not matter: foreign key checks are off.
        for (int from = 0; from < tables.size(); from += 50) {
            var part = tables.subList(from, Math.min(from + 50, tables.size()));
            editor.dropTables(schema(), part);
            if (place.own()) editor.register(schema()).remove(part);
        }
    }

    private List<String> present() {
        try (var catalogue = database.catalogue()) {
            return catalogue.tableNames(schema());
        }
    }

    private Set<String> register() {
        if (!place.own()) return Set.of();
        try (var editor = database.editor()) {
            return editor.register(schema()).names();
        }
    }
}
