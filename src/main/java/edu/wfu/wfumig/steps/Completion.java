package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.Definitions;
import edu.wfu.wfumig.dump.DumpForm;
import edu.wfu.wfumig.dump.Manifest.TablePart;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs what completes tables once their rows are in: first what a table needs by itself, then, when all have that, what refers to
 * others. Safe to repeat.
 */
record Completion(Database database, DumpForm form, Definitions definitions) {
    /** What a table needs by itself. */
    void alone(TablePart table) {
        alone(table, builds -> builds.forEach(Runnable::run));
    }

    /**
     * The same.
     *
     * @param sharing does statements that may run beside each other, and returns when all are done
     */
    void alone(TablePart table, Consumer<List<Runnable>> sharing) {
        var statements = statements(table, false);
        for (int from = 0; from < statements.size(); ) {
            boolean besides = form.besides(statements.get(from));
            int to = from + 1;
            while (to < statements.size() && form.besides(statements.get(to)) == besides) to++;
            var some = statements.subList(from, to);
            if (besides) sharing.accept(builds(table, some));
            else run(table, some);
            from = to;
        }
    }

    private List<Runnable> builds(TablePart table, List<String> statements) {
        var builds = new ArrayList<Runnable>();
        for (String statement : statements) builds.add(() -> run(table, List.of(statement)));
        return builds;
    }

    /** What waited until all tables were complete by themselves. */
    void together(List<TablePart> tables) {
        for (var table : tables) run(table, statements(table, true));
    }

    private List<String> statements(TablePart table, boolean waiting) {
        return table.after().stream()
                .filter(statement -> form.waits(statement) == waiting)
                .toList();
    }

    private void run(TablePart table, List<String> statements) {
        if (statements.isEmpty()) return;
        try (var editor = database.editor()) {
            definitions.after(table.name(), statements).forEach(editor::complete);
        }
    }
}
