package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.Definitions;
import edu.wfu.wfumig.dump.DumpForm;
import edu.wfu.wfumig.dump.Manifest.TablePart;
import java.util.List;

/**
 * Runs what completes tables once their rows are in: first what a table needs by itself, then, when all have that, what refers to
 * others. Safe to repeat.
 */
record Completion(Database database, DumpForm form, Definitions definitions) {
    /** What a table needs by itself. */
    void alone(TablePart table) {
        run(table, false);
    }

    /** What waited until all tables were complete by themselves. */
    void together(List<TablePart> tables) {
        for (var table : tables) run(table, true);
    }

    private void run(TablePart table, boolean waiting) {
        var statements = table.after().stream()
                .filter(statement -> form.waits(statement) == waiting)
                .toList();
        if (statements.isEmpty()) return;
        try (var editor = database.editor()) {
            definitions.after(table.name(), statements).forEach(editor::complete);
        }
    }
}
