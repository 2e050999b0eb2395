package edu.wfu.wfumig.report;

import static edu.wfu.wfumig.Quantity.bytes;
import static edu.wfu.wfumig.Quantity.count;

import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What moves, for a preview: scope by scope, or table by table in a plan without sites. */
record Moves(Plan plan, Graph graph, Estimate pace, Duration estimate) {

    List<List<String>> table() {
        return ofSites() ? scopes() : tables();
    }

    private boolean ofSites() {
        return plan.sites() != null;
    }

    String total() {
        int tables =
                graph.scopes().stream().mapToInt(scope -> scope.tables().size()).sum();
        String what = ofSites()
                ? Quantity.of(graph.scopes().size(), "scope")
                : Quantity.of(tables, "table") + ", cut over as one";
        int atOnce = ofSites() ? plan.parallel().sites() : plan.parallel().chunks();
        return what + ", about " + count(graph.rows()) + " rows and " + bytes(graph.bytes()) + ", roughly "
                + Quantity.time(estimate) + " with " + atOnce + " at a time"
                + (pace.runs() > 0 ? ", as " + Quantity.of(pace.runs(), "earlier run") + " took" : "");
    }

    /** The tables of a plan without sites. */
    private List<List<String>> tables() {
        var table = new ArrayList<List<String>>();
        table.add(List.of("table", "rows", "size", "on the target"));
        for (Scope scope : graph.scopes()) {
            var replaced = Set.copyOf(scope.replaced());
            for (var one : scope.tables()) {
                if (table.size() > Preview.SHOWN) {
                    table.add(List.of("… and " + count(scope.tables().size() - Preview.SHOWN) + " more", "", "", ""));
                    break;
                }
                String onTarget = !replaced.contains(one.name())
                        ? "new"
                        : one.columns() == null
                                ? "replaced"
                                : Quantity.of(one.columns().size(), "common column");
                table.add(List.of(one.name(), count(one.rows()), bytes(one.bytes()), onTarget));
            }
            for (String view : scope.views()) table.add(List.of(view, "", "", "view"));
        }
        return table;
    }

    private List<List<String>> scopes() {
        var table = new ArrayList<List<String>>();
        table.add(List.of("scope", "from", "to", "tables", "rows", "size", "on the target"));
        for (Scope scope : graph.scopes()) {
            if (table.size() > Preview.SHOWN) {
                table.add(List.of(
                        "… and " + count(graph.scopes().size() - Preview.SHOWN) + " more", "", "", "", "", "", ""));
                break;
            }
            table.add(List.of(
                    scope.id().text(),
                    scope.site() == null ? "" : scope.site().address().toString(),
                    scope.address() == null ? "" : scope.address().toString(),
                    count(scope.tables().size())
                            + (scope.views().isEmpty()
                                    ? ""
                                    : " +" + scope.views().size()),
                    count(scope.rows()),
                    bytes(scope.bytes()),
                    onTarget(scope)));
        }
        return table;
    }

    private static String onTarget(Scope scope) {
        String what = scope.isNew()
                ? "new"
                : "replaces " + Quantity.of(scope.replaced().size(), "table");
        return scope.large() ? what + ", large" : what;
    }
}
