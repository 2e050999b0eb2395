package edu.wfu.wfumig.steps;

import java.util.concurrent.Semaphore;

/**
 * The memory that chunks may take, all of them together: the heap less what the rest of the program needs. Who begins a
 * chunk waits until there is room for it. So a row of 64 MB is alone in memory, and more streams than fit wait for each other.
 */
final class Room {
    /** What the program needs beside chunks. */
    private static final int REST_MB = 80;

    /** How many copies of a row are alive at one time, at most: packet, value, text, packed; or raw, values before, after, text. */
    private static final int COPIES = 5;

    private static final int ORDINARY_MB = 12;

    private final int all;
    private final Semaphore free;

    Room() {
        this((int) (Runtime.getRuntime().maxMemory() >> 20) - REST_MB);
    }

    Room(int megabytes) {
        all = Math.max(ORDINARY_MB, megabytes);
        free = new Semaphore(all, true);
    }

    /** A place for an ordinary chunk. */
    Place take() {
        return new Place(ORDINARY_MB);
    }

    /**
     * A place for a chunk of so many bytes, when they are known.
     *
     * @param raw bytes
     */
    Place take(int raw) {
        return new Place(megabytes(raw));
    }

    private int megabytes(long raw) {
        long wanted = (raw * COPIES >> 20) + 1;
        return (int) Math.min(all, Math.max(ORDINARY_MB, wanted > 2 * ORDINARY_MB ? wanted : ORDINARY_MB));
    }

    /** Room that is taken until it is closed. */
    final class Place implements AutoCloseable {
        private int taken;

        private Place(int megabytes) {
            taken = megabytes;
            free.acquireUninterruptibly(taken);
        }

        /** Makes it as large as a row of so many bytes needs, or as an ordinary one again. */
        void fit(long raw) {
            int wanted = megabytes(raw);
            if (wanted == taken) return;
            // Given back first: two that both want more must not wait for each other.
            free.release(taken);
            free.acquireUninterruptibly(wanted);
            taken = wanted;
        }

        @Override
        public void close() {
            free.release(taken);
            taken = 0;
        }
    }
}
