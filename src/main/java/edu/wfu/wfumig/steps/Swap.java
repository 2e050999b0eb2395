package edu.wfu.wfumig.steps;

import static edu.wfu.wfumig.steps.SqlText.name;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Catalogue;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.Definition;
import edu.wfu.wfumig.database.SchemaEditor;
import edu.wfu.wfumig.database.SchemaEditor.Kind;
import edu.wfu.wfumig.database.SchemaEditor.Move;
import edu.wfu.wfumig.database.SchemaEditor.TableName;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.graph.TableNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The one moment at which the target changes, and its way back.
 *
 * <p>Forward:
 *
 * <ol>
 *   <li>What will be done is written into a {@link Swapping} and noted in the ledger before anything happens: tables,
 *       triggers and views as they are.
 *   <li>Triggers of the tables that go are dropped, because no table with a trigger can leave its schema.
 *   <li>One RENAME moves old tables aside and staged ones in: all of them or none.
 *   <li>Triggers and views of the source are made; foreign keys of other tables are pointed at the new ones; a site new
 *       to the target gets its row in the list of sites.
 * </ol>
 *
 * <p>Each part looks at what is there before it acts, so both ways can be repeated from any point: the RENAME has
 * happened exactly when all old tables are kept and all new ones are live.
 */
public final class Swap {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What a cutover does, in full, so that a resume or a rollback needs nothing else.
     *
     * @param out live to kept
     * @param in landed to live
     * @param foreignKeys foreign keys of other tables to those that go, as they must be afterwards
     * @param nextSite the number that the target's list of sites would give next; 0 when it gets no new site
     */
    public record Swapping(
            List<Move> out,
            List<Move> in,
            List<Definition> oldTriggers,
            List<Definition> newTriggers,
            List<Definition> oldViews,
            List<Definition> newViews,
            List<Definition> foreignKeys,
            long nextSite) {

        Map<String, Object> facts() {
            return JSON.convertValue(this, new TypeReference<LinkedHashMap<String, Object>>() {});
        }

        /** The swapping noted under these facts; null when none was. */
        public static @org.jspecify.annotations.Nullable Swapping of(Map<String, Object> facts) {
            if (!facts.containsKey("in")) return null;
            var known = new LinkedHashMap<>(facts);
            known.keySet()
                    .retainAll(Set.of(
                            "out",
                            "in",
                            "oldTriggers",
                            "newTriggers",
                            "oldViews",
                            "newViews",
                            "foreignKeys",
                            "nextSite"));
            return JSON.convertValue(known, Swapping.class);
        }
    }

    private final Graph graph;
    private final Database target;
    private final String run;

    public Swap(Graph graph, Database target, String run) {
        this.graph = graph;
        this.target = target;
        this.run = run;
    }

    String run() {
        return run;
    }

    /** Looks at the target and says what a cutover of {@code scope} will do. */
    Swapping plan(Scope scope, List<Definition> newViews, List<Definition> newTriggers) {
        String schema = graph.target().schema();
        try (var catalogue = target.catalogue()) {
            var live = new HashSet<>(catalogue.tableNames(schema));
            var out = new ArrayList<Move>();
            var in = new ArrayList<Move>();
            for (String table : scope.tableNames()) {
                var place = new TableName(schema, table);
                if (live.contains(table)) {
                    out.add(new Move(
                            place,
                            new TableName(
                                    TableNames.keptSchema(graph.kept(), run),
                                    TableNames.kept(graph.kept(), run, table))));
                }
                in.add(new Move(
                        new TableName(graph.landing().schema(), TableNames.staged(graph.landing(), table)), place));
            }
            var views = catalogue.views(schema).stream()
                    .filter(scope.views()::contains)
                    .toList();
            return new Swapping(
                    out,
                    in,
                    catalogue.triggerDefinitions(schema, scope.tableNames()),
                    newTriggers,
                    catalogue.viewDefinitions(schema, views),
                    newViews,
                    foreignKeys(catalogue, schema, new HashSet<>(scope.tableNames())),
                    scope.isNew() && scope.site() != null ? new SiteRow(graph).next(catalogue) : 0);
        }
    }

    private static List<Definition> foreignKeys(Catalogue catalogue, String schema, Set<String> moving) {
        var keys = catalogue.foreignKeys(schema).stream()
                .filter(key -> moving.contains(key.parent()) && !moving.contains(key.table()))
                .filter(key -> !TableNames.reserved(key.table()))
                .toList();
        var definitions = new ArrayList<Definition>();
        for (var key : keys) {
            String create =
                    catalogue.define(schema, List.of(key.table())).get(0).create();
            var clause = Pattern.compile(
                            "CONSTRAINT " + Pattern.quote(name(key.name())) + " FOREIGN KEY [^\\n]*?(?=,?\\n)")
                    .matcher(create);
            if (clause.find()) definitions.add(new Definition(key.name(), key.table(), clause.group(), "", ""));
        }
        return definitions;
    }

    /** Swaps; does what is left to do of it. What fails behind the RENAME takes the swap back before it is told. */
    void forward(Scope scope, Swapping swapping) {
        String schema = graph.target().schema();
        try (var catalogue = target.catalogue();
                var editor = target.editor()) {
            if (!swapped(catalogue, swapping, false)) {
                requireLanded(catalogue, scope, swapping);
                requireFreeNames(catalogue, schema, swapping);
                if (graph.kept().own() && !swapping.out().isEmpty()) {
                    editor.createSchema(TableNames.keptSchema(graph.kept(), run));
                }
                dropTriggers(catalogue, editor, schema, swapping);
                var moves = new ArrayList<>(swapping.out());
                moves.addAll(swapping.in());
                try {
                    editor.rename(moves);
                } catch (Refusal refused) {
                    takenBack(scope, swapping, refused);
                    throw refused;
                }
            }
            try {
                for (var trigger : swapping.newTriggers()) editor.create(schema, Kind.TRIGGER, trigger);
                for (var view : swapping.newViews()) editor.create(schema, Kind.VIEW, view);
                point(catalogue, editor, schema, swapping);
                if (scope.isNew() && scope.site() != null) new SiteRow(graph).insert(editor, scope);
            } catch (Refusal refused) {
                back(scope, swapping, true);
                throw refused;
            }
        }
    }

    /**
     * After a RENAME that failed the target is to be as it was, triggers and all. By a connection of its own: the one that
     * failed may be gone, and the server may have done the RENAME all the same.
     */
    private void takenBack(Scope scope, Swapping swapping, Refusal refused) {
        try {
            settle(scope, swapping.facts());
        } catch (Refusal more) {
            refused.addSuppressed(more); // a resume or a rollback settles it
        }
    }

    /**
     * Takes back a swap that happened although its step never ended: the process was killed between the two, or could
     * not swap back. For the begin of a resume, so that every lane goes on from what its ledger says.
     */
    public void settle(Scope scope, Map<String, Object> noted) {
        var swapping = Swapping.of(noted);
        if (swapping == null) return;
        boolean happened;
        try (var catalogue = target.catalogue()) {
            happened = swapped(catalogue, swapping, false);
        }
        // Not swapped, it may still have dropped triggers.
        back(scope, swapping, happened);
    }

    /**
     * Swaps back; does what is left to do of it. The tables that were brought stand at their landing place afterwards.
     *
     * @param done whether the cutover is known to have happened, so that it is an error to find nothing of it
     */
    void back(Scope scope, Swapping swapping, boolean done) {
        String schema = graph.target().schema();
        try (var catalogue = target.catalogue();
                var editor = target.editor()) {
            if (swapped(catalogue, swapping, done)) {
                var landing = new StagingArea(target, graph.landing());
                landing.clear(scope); // what another run left there when it died
                landing.expect(editor, scope.tableNames());
                dropTriggers(catalogue, editor, schema, swapping);
                var moves = new ArrayList<Move>();
                swapping.in().forEach(move -> moves.add(move.back()));
                swapping.out().forEach(move -> moves.add(move.back()));
                editor.rename(moves);
            } else if (done && !landed(catalogue, swapping)) {
                throw lost("kept tables of " + scope.id() + " are gone, or live ones were dropped");
            }
            if (scope.isNew() && scope.site() != null) new SiteRow(graph).delete(editor, scope, swapping.nextSite());
            for (var view : swapping.newViews()) editor.drop(schema, Kind.VIEW, view.name());
            for (var view : swapping.oldViews()) editor.create(schema, Kind.VIEW, view);
            for (var trigger : swapping.oldTriggers()) editor.create(schema, Kind.TRIGGER, trigger);
            point(catalogue, editor, schema, swapping);
        }
    }

    /**
     * Whether the tables have changed places: old ones are kept, and all that were to come are live. Where no old ones had
     * to go, tables at the landing place tell that none has come yet, unless one is known to have.
     *
     * @param done whether the cutover is known to have happened
     */
    boolean swapped(Catalogue catalogue, Swapping swapping, boolean done) {
        if (swapping.out().isEmpty() && !done && landed(catalogue, swapping)) return false;
        var live = new HashSet<>(catalogue.tableNames(graph.target().schema()));
        var kept = new HashSet<>(catalogue.tableNames(TableNames.keptSchema(graph.kept(), run)));
        return swapping.in().stream().allMatch(move -> live.contains(move.to().table()))
                && swapping.out().stream()
                        .allMatch(move -> kept.contains(move.to().table()));
    }

    /** Whether any of the tables to bring stands at its landing place. */
    boolean landed(Catalogue catalogue, Swapping swapping) {
        var present = new HashSet<>(catalogue.tableNames(graph.landing().schema()));
        return swapping.in().stream()
                .anyMatch(move -> present.contains(move.from().table()));
    }

    private void requireLanded(Catalogue catalogue, Scope scope, Swapping swapping) {
        var present = new HashSet<>(catalogue.tableNames(graph.landing().schema()));
        var missing = swapping.in().stream()
                .map(move -> move.from().table())
                .filter(table -> !present.contains(table))
                .toList();
        if (!missing.isEmpty())
            throw lost("staged tables of " + scope.id() + " are gone: " + String.join(", ", missing));
    }

    /** A trigger's name is taken once per schema; one of another table is in the way and is not dropped for it. */
    private static void requireFreeNames(Catalogue catalogue, String schema, Swapping swapping) {
        var moving = new HashSet<String>();
        swapping.in().forEach(move -> moving.add(move.to().table()));
        for (var present : catalogue.triggers(schema)) {
            boolean wanted = swapping.newTriggers().stream()
                    .anyMatch(trigger -> trigger.name().equals(present.name()));
            if (!wanted || moving.contains(present.table())) continue;
            throw new Refusal(
                    Refusal.Kind.FAILED,
                    Problem.of(
                            "the target's table " + present.table() + " has a trigger " + present.name()
                                    + ", which the source has on another table",
                            "a name that is free",
                            "the target is untouched",
                            "rename one of the two, then type: wfumig resume"));
        }
    }

    private static Refusal lost(String what) {
        return new Refusal(
                Refusal.Kind.FAILED,
                Problem.of(
                        what,
                        "the tables that the ledger knows of",
                        "nothing was changed",
                        "wfumig resume stages a scope again; a backup.sql.zst holds what was replaced"));
    }

    private static void dropTriggers(Catalogue catalogue, SchemaEditor editor, String schema, Swapping swapping) {
        var moving = new HashSet<String>();
        swapping.in().forEach(move -> moving.add(move.to().table()));
        for (var trigger : catalogue.triggers(schema)) {
            if (moving.contains(trigger.table())) editor.drop(schema, Kind.TRIGGER, trigger.name());
        }
    }

    /** Points foreign keys of other tables at the tables that now bear the names. */
    private static void point(Catalogue catalogue, SchemaEditor editor, String schema, Swapping swapping) {
        var present = catalogue.foreignKeys(schema);
        for (var key : swapping.foreignKeys()) {
            String table = "ALTER TABLE " + name(schema) + "." + name(key.table());
            boolean there = present.stream()
                    .anyMatch(
                            one -> one.name().equals(key.name()) && one.table().equals(key.table()));
            if (there) editor.update(table + " DROP FOREIGN KEY " + name(key.name()), List.of());
            editor.update(table + " ADD " + key.create(), List.of());
        }
    }
}
