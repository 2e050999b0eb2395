package edu.wfu.wfumig.steps;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Catalogue;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.Definition;
import edu.wfu.wfumig.database.Exchange;
import edu.wfu.wfumig.database.SchemaEditor.Move;
import edu.wfu.wfumig.database.SchemaEditor.TableName;
import edu.wfu.wfumig.database.Swapper;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.graph.TableNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one moment at which the target changes, and its way back.
 *
 * <p>Forward:
 *
 * <ol>
 *   <li>What will be done is written into a {@link Swapping} and noted in the ledger before anything happens: tables, and what
 *       hangs on them as it is.
 *   <li>Old tables move aside and staged ones in, all of them or none: how is the {@link Swapper product's}.
 *   <li>What comes behind that is done; a site new to the target gets its row in the list of sites.
 * </ol>
 *
 * <p>Each part looks at what is there before it acts, so both ways can be repeated from any point: the move has
 * happened exactly when all old tables are kept and all new ones are live.
 */
public final class Swap {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> FACTS = new TypeReference<>() {};
    private static final TypeReference<List<Move>> MOVES = new TypeReference<>() {};

    /**
     * What a cutover does, in full, so that a resume or a rollback needs nothing else.
     *
     * @param nextSite the number that the target's list of sites would give next; 0 when it gets no new site
     */
    public record Swapping(Exchange exchange, long nextSite) {
        /** Live to kept. */
        public List<Move> out() {
            return exchange.out();
        }

        /** Landed to live. */
        public List<Move> in() {
            return exchange.in();
        }

        Map<String, Object> facts() {
            var facts = new LinkedHashMap<>(exchange.remembered());
            var moves = Map.of("out", exchange.out(), "in", exchange.in());
            facts.putAll(JSON.convertValue(moves, FACTS));
            facts.put("nextSite", nextSite);
            return facts;
        }

        /** The swapping noted under these facts; null when none was. */
        public static @Nullable Swapping of(Map<String, Object> facts) {
            if (!facts.containsKey("in")) return null;
            var exchange = new Exchange(moves(facts, "out"), moves(facts, "in"), facts);
            return new Swapping(exchange, facts.get("nextSite") instanceof Number number ? number.longValue() : 0);
        }

        private static List<Move> moves(Map<String, Object> facts, String way) {
            return JSON.convertValue(facts.get(way), MOVES);
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

    private SiteRow siteRow() {
        return new SiteRow(graph, target.dialect());
    }

    /** Looks at the target and says what a cutover of {@code scope} will do. */
    Swapping plan(Scope scope, List<Definition> newViews, List<Definition> newTriggers) {
        String schema = graph.target().schema();
        try (var catalogue = target.catalogue();
                var swapper = target.swapper()) {
            var live = catalogue.present(schema, scope.tableNames());
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
            var company = new Swapper.Company(newViews, newTriggers, scope.views(), TableNames::reserved);
            return new Swapping(
                    swapper.plan(out, in, company),
                    scope.isNew() && scope.site() != null ? siteRow().next(catalogue) : 0);
        }
    }

    /** Swaps; does what is left to do of it. What fails behind the move takes the swap back before it is told. */
    void forward(Scope scope, Swapping swapping) {
        try (var catalogue = target.catalogue();
                var editor = target.editor();
                var swapper = target.swapper()) {
            if (!swapped(catalogue, swapping, false)) {
                requireLanded(catalogue, scope, swapping);
                if (graph.kept().own() && !swapping.out().isEmpty()) {
                    editor.createSchema(TableNames.keptSchema(graph.kept(), run));
                }
                try {
                    swapper.move(swapping.exchange());
                } catch (Refusal refused) {
                    takenBack(scope, swapping, refused);
                    throw refused;
                }
            }
            try {
                swapper.complete(swapping.exchange());
                if (scope.isNew() && scope.site() != null) siteRow().insert(editor, scope);
            } catch (Refusal refused) {
                back(scope, swapping, true);
                throw refused;
            }
        }
    }

    /**
     * After a move that failed the target is to be as it was, with all that hung on its tables. By a connection of its own: the
     * one that failed may be gone, and the server may have moved the tables all the same.
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
        // Not swapped, it may still have taken something away.
        back(scope, swapping, happened);
    }

    /**
     * Swaps back; does what is left to do of it. The tables that were brought stand at their landing place afterwards.
     *
     * @param done whether the cutover is known to have happened, so that it is an error to find nothing of it
     */
    void back(Scope scope, Swapping swapping, boolean done) {
        try (var catalogue = target.catalogue();
                var editor = target.editor();
                var swapper = target.swapper()) {
            boolean moved = swapped(catalogue, swapping, done);
            if (moved) {
                var landing = new StagingArea(target, graph.landing());
                landing.clear(scope); // what another run left there when it died
                landing.expect(editor, scope.tableNames());
            } else if (done && !landed(catalogue, swapping)) {
                throw lost("kept tables of " + scope.id() + " are gone, or live ones were dropped");
            }
            swapper.back(swapping.exchange(), moved);
            if (scope.isNew() && scope.site() != null) siteRow().delete(editor, scope, swapping.nextSite());
        }
    }

    /** The swapping of a scope whose kept tables were made anew. */
    Swapping remade(Swapping swapping) {
        try (var swapper = target.swapper()) {
            return new Swapping(swapper.remade(swapping.exchange()), swapping.nextSite());
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
        var in = swapping.in().stream().map(move -> move.to().table()).toList();
        var out = swapping.out().stream().map(move -> move.to().table()).toList();
        return catalogue.present(graph.target().schema(), in).containsAll(in)
                && catalogue
                        .present(TableNames.keptSchema(graph.kept(), run), out)
                        .containsAll(out);
    }

    /** Whether any of the tables to bring stands at its landing place. */
    boolean landed(Catalogue catalogue, Swapping swapping) {
        return !catalogue.present(graph.landing().schema(), landing(swapping)).isEmpty();
    }

    private void requireLanded(Catalogue catalogue, Scope scope, Swapping swapping) {
        var present = catalogue.present(graph.landing().schema(), landing(swapping));
        var missing = landing(swapping).stream()
                .filter(table -> !present.contains(table))
                .toList();
        if (!missing.isEmpty())
            throw lost("staged tables of " + scope.id() + " are gone: " + String.join(", ", missing));
    }

    private static List<String> landing(Swapping swapping) {
        return swapping.in().stream().map(move -> move.from().table()).toList();
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
}
