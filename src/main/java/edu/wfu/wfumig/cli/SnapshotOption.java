package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.ledger.RunState;
import java.util.Map;
import picocli.CommandLine.Option;

/** Whether a resume may read the rest of a table in another snapshot than its beginning. What was given stands in the ledger. */
final class SnapshotOption {
    @Option(
            names = RunState.NOT_CONSISTENT,
            description =
                    "A resume goes on at the chunk, in another snapshot than before. Without it a resume reads unfinished"
                            + " tables of PostgreSQL anew, all in one snapshot; MySQL's always go on.")
    private boolean notConsistent;

    Map<String, String> given() {
        return notConsistent ? Map.of(RunState.NOT_CONSISTENT, "") : Map.of();
    }
}
