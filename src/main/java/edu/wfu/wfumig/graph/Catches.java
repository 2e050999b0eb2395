package edu.wfu.wfumig.graph;

import edu.wfu.wfumig.graph.Graph.Caught;
import edu.wfu.wfumig.inventory.Table;
import edu.wfu.wfumig.plan.Glob;
import edu.wfu.wfumig.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What each glob of a plan caught, so that one which catches nothing is seen before the run. */
final class Catches {
    private Catches() {}

    /**
     * @param candidates every table of a scope that moves, also those that the plan leaves out
     */
    static List<Caught> of(Plan plan, List<Table> candidates) {
        var caught = new ArrayList<Caught>();
        var tables = plan.tables();
        tables.include().forEach(glob -> caught.add(tables("include", glob, candidates)));
        tables.exclude().forEach(glob -> caught.add(tables("exclude", glob, candidates)));
        tables.structureOnly().forEach(glob -> caught.add(tables("structureOnly", glob, candidates)));
        tables.where().forEach(filter -> caught.add(tables("where", filter.tables(), candidates)));
        plan.rewrite().onlyTables().forEach(glob -> caught.add(tables("onlyTables", glob, candidates)));
        for (var glob : plan.rewrite().skipColumns()) {
            var names = candidates.stream()
                    .flatMap(table ->
                            table.shape().columns().stream().map(column -> table.name() + "." + column.name()));
            caught.add(caught("skipColumns", glob, names));
        }
        return caught;
    }

    private static Caught tables(String word, Glob glob, List<Table> candidates) {
        return caught(word, glob, candidates.stream().map(Table::name));
    }

    private static Caught caught(String word, Glob glob, Stream<String> names) {
        return new Caught(
                word + " '" + glob + "'",
                glob.location(),
                names.filter(glob::matches).toList());
    }
}
