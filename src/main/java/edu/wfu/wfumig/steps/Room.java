package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.executor.Pulse;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The memory that chunks may take, all of them together: the heap less what the rest of the program needs. Who begins a
 * chunk waits until there is room for it, and gives it back between two chunks. So a chunk of a row of 64 MB is the only large one,
 * and more streams than fit wait for each other.
 */
final class Room {
    /** What the program needs beside chunks. */
    private static final int REST_MB = 80;

    /** How many copies of a row are alive at one time, at most: packet, value, text, packed; or raw, values before, after, text. */
    private static final int COPIES = 5;

    private static final int ORDINARY_MB = 12;

    /** Long enough for those who have room to end their chunks: who leaves the queue to look around stands at its end again. */
    private static final long LOOK_AROUND_MILLIS = 2_000;

    private final int all;
    private final Semaphore free;

    Room() {
        this((int) (Runtime.getRuntime().maxMemory() >> 20) - REST_MB);
    }

    Room(int megabytes) {
        all = Math.max(ORDINARY_MB, megabytes);
        free = new Semaphore(all, true);
    }

    /**
     * A place for an ordinary chunk.
     *
     * @param lookAround is called now and then while there is no room; it may throw
     */
    Place take(Runnable lookAround) {
        return new Place(ORDINARY_MB, lookAround);
    }

    /**
     * A place for a chunk of so many bytes, when they are known.
     *
     * @param raw bytes
     */
    Place take(int raw, Runnable lookAround) {
        return new Place(megabytes(raw), lookAround);
    }

    private int megabytes(long raw) {
        long wanted = (raw * COPIES >> 20) + 1;
        if (wanted > all + REST_MB) throw tooLarge(raw, wanted);
        return (int) Math.min(all, Math.max(ORDINARY_MB, wanted > 2 * ORDINARY_MB ? wanted : ORDINARY_MB));
    }

    private static Refusal tooLarge(long raw, long wanted) {
        return new Refusal(
                Refusal.Kind.FAILED,
                Problem.of(
                        "a row of " + Quantity.bytes(raw) + " does not fit in memory",
                        "rows of a fifth of the heap at most",
                        "the target is untouched",
                        "WFUMIG_HEAP=" + ((wanted + REST_MB) / 256 + 1) * 256 + "m wfumig resume"));
    }

    /** Room that is taken until it is closed. */
    final class Place implements AutoCloseable {
        private final Runnable lookAround;
        private int taken;

        private Place(int megabytes, Runnable lookAround) {
            this.lookAround = lookAround;
            acquire(megabytes);
        }

        private void acquire(int megabytes) {
            try {
                while (!free.tryAcquire(megabytes, LOOK_AROUND_MILLIS, TimeUnit.MILLISECONDS)) lookAround.run();
                taken = megabytes;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Pulse.Stopped();
            }
        }

        /** Lets those go first who have waited, between two chunks. */
        void renew() {
            close();
            acquire(ORDINARY_MB);
        }

        /** Makes it as large as a row of so many bytes needs, or as an ordinary one again. */
        void fit(long raw) {
            int wanted = megabytes(raw);
            if (wanted == taken) return;
            // Given back first: two that both want more must not wait for each other.
            close();
            acquire(wanted);
        }

        @Override
        public void close() {
            free.release(taken);
            taken = 0;
        }
    }
}
