package edu.wfu.wfumig.executor;

import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.ledger.Event;
import edu.wfu.wfumig.ledger.Ledger;

/** The ledger cannot be written: the run stops, and this cannot be recorded either. */
final class LedgerLost extends RuntimeException {
    final transient Refusal refusal;

    private LedgerLost(Refusal refusal) {
        super(refusal);
        this.refusal = refusal;
    }

    static void record(Ledger ledger, Event event) {
        try {
            ledger.record(event);
        } catch (Refusal e) {
            throw new LedgerLost(e);
        }
    }
}
