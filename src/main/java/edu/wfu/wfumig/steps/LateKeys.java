package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.HelpingThread;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.executor.ThreadWorkers;
import java.util.LinkedHashMap;
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
 *       other one finds in memory.
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

    /** Makes the keys of a table whose rows are in. */
    void make(String table, Ahead ahead, Crew crew) throws Exception {
        String statement = statements.get(table);
        if (statement == null) return;
        var making = new FutureTask<Void>(() -> run(statement), null);
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

    private void run(String statement) {
        try (var editor = staging.editor()) {
            editor.complete(statement);
        }
    }
}
