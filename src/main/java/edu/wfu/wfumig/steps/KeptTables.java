package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.TableNames;
import edu.wfu.wfumig.ledger.Event;
import edu.wfu.wfumig.ledger.Ledger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Drops the old tables that a run kept, once their time has passed. */
public final class KeptTables {
    private final Graph graph;
    private final Database target;
    private final Ledger ledger;

    public KeptTables(Graph graph, Database target, Ledger ledger) {
        this.graph = graph;
        this.target = target;
        this.ledger = ledger;
    }

    /**
     * Drops what may be dropped at {@code now}; returns how many tables that were.
     */
    public int drop(Instant now) {
        int dropped = 0;
        String schema = TableNames.keptSchema(graph.kept(), ledger.state().id());
        try (var editor = target.editor()) {
            for (var scope : graph.scopes()) {
                var facts = ledger.state().facts(scope.id() + "/cutover");
                var swapping = Swap.Swapping.of(facts);
                if (swapping == null) continue;
                boolean open = !ledger.state().rolledBack(scope.id())
                        && !ledger.state().keptDropped(scope.id());
                Object until = facts.get("keptUntil");
                if (!open || until == null || Instant.parse(until.toString()).isAfter(now)) continue;
                // Recorded first: from here on the way back is by a backup dump, whatever happens.
                ledger.record(new Event.KeptDropped(scope.id()));
                List<String> kept = new ArrayList<>();
                swapping.out().forEach(move -> kept.add(move.to().table()));
                editor.dropTables(schema, kept);
                dropped += kept.size();
            }
            if (graph.kept().own()) editor.dropEmptySchema(schema);
        }
        return dropped;
    }
}
