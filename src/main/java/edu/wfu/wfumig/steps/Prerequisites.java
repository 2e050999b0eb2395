package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.database.Databases;
import edu.wfu.wfumig.database.Needed;
import edu.wfu.wfumig.executor.Pulse;
import edu.wfu.wfumig.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What tables and views are made of and that stands outside of them: types, say, or functions. */
record Prerequisites(Graph graph, Databases databases) {
    /** Makes what the target lacks. */
    void make(Pulse pulse) {
        var needs = missing(new ArrayList<>());
        if (needs.isEmpty()) return;
        try (var editor = databases.target().editor()) {
            for (var need : needs) {
                editor.complete(need.create());
                pulse.say("made " + need.name() + " on the target, which tables are made of");
            }
        }
    }

    /** What the target lacks and can be made there. What is not wfumig's to make is a problem. */
    List<Needed> missing(List<Problem> problems) {
        var names = new ArrayList<String>();
        for (var scope : graph.scopes()) {
            names.addAll(scope.tableNames());
            names.addAll(scope.views());
        }
        var missing = new ArrayList<Needed>();
        try (var source = databases.source().catalogue();
                var target = databases.target().catalogue()) {
            var needs = source.needs(graph.source().schema(), names);
            var standing = target.standing(needs);
            for (var need : needs) {
                var found = standing.stream()
                        .filter(one -> one.kind() == need.kind() && one.name().equals(need.name()))
                        .findFirst()
                        .orElse(null);
                if (need.servedBy(found)) continue;
                if (found == null && need.makeable()) missing.add(need);
                else problems.add(unserved(need, found != null));
            }
        }
        return missing;
    }

    private static Problem unserved(Needed need, boolean other) {
        String kind = need.kind().name().toLowerCase(Locale.ROOT);
        return Problem.of(
                "the tables are made of the " + kind + " " + need.name() + ", which the target "
                        + (other ? "has otherwise" : "lacks"),
                "the same on both sides",
                "nothing was written",
                other ? "make both the same: " + need.create() : need.create());
    }
}
