package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.ledger.RunState.Outcome;

/** What wfumig tells the shell. */
enum ExitCode {
    DONE(0),
    FAILED(1),
    INVALID(2),
    PARTLY(3),
    PAUSED(4),
    LOCKED(5),
    STALE(6),
    MISMATCH(7),
    PENDING(10),
    INTERRUPTED(130);

    final int number;

    ExitCode(int number) {
        this.number = number;
    }

    static ExitCode of(Refusal refusal) {
        return switch (refusal.kind()) {
            case INVALID -> INVALID;
            case FAILED, PASSING -> FAILED;
            case LOCKED -> LOCKED;
            case STALE -> STALE;
            case MISMATCH -> MISMATCH;
        };
    }

    static ExitCode of(Outcome outcome) {
        return switch (outcome) {
            case DONE, ROLLED_BACK -> DONE;
            case PARTLY -> PARTLY;
            case FAILED, RUNNING, ABORTED -> FAILED;
            case PAUSED -> PAUSED;
            case STOPPED -> INTERRUPTED;
        };
    }
}
