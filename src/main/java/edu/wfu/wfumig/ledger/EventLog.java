package edu.wfu.wfumig.ledger;

import java.io.IOException;

/** Where events are kept: a {@link Journal} on disk, or memory in a simulation. */
public interface EventLog extends AutoCloseable {
    /**
     * Keeps an event; when this returns, it will be there after a crash.
     *
     * @throws edu.wfu.wfumig.Refusal when it cannot be kept
     */
    Journal.Entry append(Event event);

    @Override
    void close() throws IOException;
}
