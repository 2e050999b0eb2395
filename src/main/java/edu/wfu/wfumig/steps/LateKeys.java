package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.HelpingThread;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.dump.Manifest.TablePart;
import edu.wfu.wfumig.executor.ThreadWorkers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Keys of large tables, which are made when all rows are in.
 *
 * <ol>
 *   <li>One statement makes all keys of a table, in a thread of its own.
 *   <li>The loader of the table does not wait for it: it looks {@link Ahead} at the same table. The server reads the table for the
 *       keys page by page, and waits for each; a proof has it read ahead, so that what one of the two has read from the disk the
 *       other one finds in memory. The statement has to wait for the proof that is under way when it begins and when it ends, so
 *       a table that is proved in one piece is proved behind its keys.
 *   <li>However the proof ends, the statement has ended before anybody goes on: nothing else is to meet the table half-way.
 * </ol>
 */
final class LateKeys {
    private final Database staging;
    private final Map<String, String> statements = new LinkedHashMap<>();

    LateKeys(Database staging) {
        this.staging = staging;
    }

    /** The keys of a table wait. */
    void add(String table, String statement) {
        statements.put(table, statement);
    }

    /** The tables whose keys wait. */
    Set<String> tables() {
        return statements.keySet();
    }

    /** The rows of a table are in: makes its keys, and has it proved. */
    void make(TablePart table, Ahead ahead, Crew crew) throws Exception {
        String statement = statements.get(table.name());
        boolean together = statement != null && Piece.of(List.of(table)).size() > 1;
        if (together) ahead.staged(table, true);
        if (statement != null) make(statement, table.name(), ahead, crew);
        if (!together) ahead.staged(table, false);
    }

    private void make(String statement, String table, Ahead ahead, Crew crew) throws Exception {
        crew.lookAround();
        var making = new FutureTask<Void>(() -> run(statement, crew), null);
        var thread = new HelpingThread(making, "keys", ThreadWorkers.STACK_BYTES);
        thread.start();
        try {
            while (!making.isDone()) {
                var piece = ahead.next(table);
                if (piece == null) break;
                crew.lookAround();
                piece.run();
            }
        } finally {
            thread.join();
        }
        try {
            making.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) throw cause;
            throw e;
        }
    }

    private void run(String statement, Crew crew) {
        try (var editor = staging.editor()) {
            // Whoever is released from now on has this connection, too.
            crew.lookAround();
            editor.complete(statement);
        }
    }
}
