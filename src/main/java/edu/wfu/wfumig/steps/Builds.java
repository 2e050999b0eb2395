package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.executor.Pulse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that the loader of a table shares with those who find no table left to load, such as its indexes.
 *
 * <ol>
 *   <li>Whoever has such work offers all of it, does what nobody else has taken, and waits for those who have.
 *   <li>Who finds no table left helps, until every table is complete. What somebody waits for comes first; then what is done
 *       {@link Ahead}, which nobody waits for.
 *   <li>A helper that fails is one of the crew that fails: all others stop.
 * </ol>
 */
final class Builds {
    private static final long LOOK_AROUND_MILLIS = 100;

    private record Build(Runnable work, AtomicInteger left) {}

    private final Deque<Build> offered = new ArrayDeque<>();
    private final Supplier<@Nullable Runnable> ahead;
    private int incomplete;

    /**
     * @param tables how many are to be completed
     * @param ahead gives what can be done meanwhile; null when there is nothing at the moment
     */
    Builds(int tables, Supplier<@Nullable Runnable> ahead) {
        incomplete = tables;
        this.ahead = ahead;
    }

    /** Does all of it, alone or with others; returns when the last is done. */
    void share(List<Runnable> all, Crew crew) {
        var left = new AtomicInteger(all.size());
        synchronized (this) {
            for (var work : all) offered.add(new Build(work, left));
            notifyAll();
        }
        for (var build = taken(left); build != null; build = taken(left)) run(build, crew);
        await(left, crew);
    }

    /** A table is complete. */
    synchronized void complete() {
        incomplete--;
        notifyAll();
    }

    /** Does what others offer, until there is nothing more to come. */
    void help(Crew crew) {
        for (var build = next(crew); build != null; build = next(crew)) run(build, crew);
    }

    private void run(Build build, Crew crew) {
        crew.lookAround();
        build.work().run();
        build.left().decrementAndGet();
        synchronized (this) {
            notifyAll();
        }
    }

    /** One of those that this owner has offered. */
    private synchronized @Nullable Build taken(AtomicInteger left) {
        var mine = offered.stream().filter(build -> build.left() == left).findFirst();
        mine.ifPresent(offered::remove);
        return mine.orElse(null);
    }

    private synchronized @Nullable Build next(Crew crew) {
        while (offered.isEmpty()) {
            if (incomplete == 0) return null;
            var meanwhile = ahead.get();
            if (meanwhile != null) return new Build(meanwhile, new AtomicInteger(1));
            pause(crew);
        }
        return offered.poll();
    }

    private synchronized void await(AtomicInteger left, Crew crew) {
        while (left.get() > 0) pause(crew);
    }

    private synchronized void pause(Crew crew) {
        crew.lookAround();
        try {
            wait(LOOK_AROUND_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Pulse.Stopped();
        }
    }
}
