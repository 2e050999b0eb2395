package edu.wfu.wfumig.database.postgres;

import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.database.Catalogue.Part;
import edu.wfu.wfumig.database.Findings;
import edu.wfu.wfumig.database.Found;
import edu.wfu.wfumig.database.Needs;
import java.time.Duration;

/**
 * Holds a server's settings against what a run needs. Pure, so that a table of broken servers can show each finding. Source:
 * PostgreSQL manual, "Server Configuration".
 *
 * @param version as a number: 170011 for 17.11
 * @param readOnly whether it is a standby, or begins transactions that only read
 * @param connections how many more the server, the database and the account may have, whichever is least
 * @param ahead how far the server's clock is before the clock here
 * @param sameProcess whether the process that answers is the one that the connection was opened with
 * @param encoding of the database
 * @param locks how many objects all transactions may lock together
 */
record PostgresExamination(
        int version,
        boolean readOnly,
        long connections,
        Duration ahead,
        boolean sameProcess,
        String encoding,
        long locks) {
    /** The oldest that definitions are read from. */
    private static final int OLDEST = 13;

    private static final Duration CLOCKS = Duration.ofMinutes(5);
    /** A table, its TOAST table and three indexes for each of the two that change places. */
    private static final int LOCKS_OF_A_SWAP = 12;

    Findings of(Needs needs) {
        var found = new Found(needs.side());
        if (version < OLDEST * 10_000) {
            found.problem("is PostgreSQL " + version / 10_000, "PostgreSQL " + OLDEST + " or newer", "upgrade it");
        }
        if (!sameProcess) {
            found.problem(
                    "is behind a pool: the process that answers is not the one that let us in",
                    "connections of one's own, which hold the lock and the snapshot",
                    "name the port of the server itself");
        }
        if (connections < needs.connections()) {
            found.problem(
                    "has " + Math.max(0, connections) + " connections left for this account",
                    "at least " + needs.connections(),
                    "raise max_connections or the limit of the role or database, or lower the plan's parallel");
        }
        if (ahead.abs().compareTo(CLOCKS) > 0) {
            found.problem(
                    "has a clock that is " + Quantity.time(ahead.abs()) + (ahead.isNegative() ? " behind" : " before")
                            + " the one here",
                    "clocks that agree to " + Quantity.time(CLOCKS),
                    "set the clock that is wrong");
        }
        if (needs.part() == Part.REPLACE) writing(needs, found);
        return found.findings();
    }

    private void writing(Needs needs, Found found) {
        if (readOnly) {
            found.problem(
                    "may not be written (a standby, or default_transaction_read_only)",
                    "a server that may",
                    "is this the primary?");
        }
        if (!encoding.equals("UTF8") && !encoding.equals("SQL_ASCII")) {
            found.problem(
                    "keeps its texts as " + encoding + ", and digests are of the bytes that are kept",
                    "a database with the encoding UTF8",
                    "CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0");
        }
        if (locks < (long) needs.tables() * LOCKS_OF_A_SWAP) {
            found.problem(
                    "may lock " + locks + " objects together (max_locks_per_transaction), and " + needs.tables()
                            + " tables change places in one transaction",
                    "about " + (long) needs.tables() * LOCKS_OF_A_SWAP,
                    "raise max_locks_per_transaction, or move fewer tables at a time");
        }
    }
}
