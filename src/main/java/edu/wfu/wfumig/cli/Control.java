package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.executor.Executor;
import edu.wfu.wfumig.ledger.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Listens, while a run goes on, to what another terminal asks of it. */
final class Control implements AutoCloseable {
    private final ScheduledExecutorService ear = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "control");
        thread.setDaemon(true);
        return thread;
    });

    Control(Path folder, Executor executor) throws IOException {
        Request.take(folder); // one that came too late for the run before
        ear.scheduleWithFixedDelay(() -> listen(folder, executor), 200, 200, TimeUnit.MILLISECONDS);
    }

    private static void listen(Path folder, Executor executor) {
        try {
            Request.take(folder).ifPresent(request -> {
                switch (request) {
                    case PAUSE -> executor.pause("somebody asked for a pause");
                    case ABORT -> executor.abort("somebody asked for its end");
                }
            });
        } catch (IOException e) {
            // The next look may find it.
        }
    }

    @Override
    public void close() {
        ear.shutdownNow();
    }
}
