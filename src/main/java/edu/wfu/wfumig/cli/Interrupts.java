package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.executor.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/** First Ctrl-C or SIGTERM: stop at the next safe moment. Second: stop at once. Both leave a run that resumes. */
final class Interrupts {
    private Interrupts() {}

    static void stop(Executor executor) {
        var count = new AtomicInteger();
        for (String name : new String[] {"INT", "TERM"}) {
            Signal.handle(new Signal(name), signal -> {
                if (count.incrementAndGet() > 1) Runtime.getRuntime().halt(128 + signal.getNumber());
                System.err.println("\nstopping at the next safe moment; once more stops at once");
                executor.stop();
            });
        }
    }
}
