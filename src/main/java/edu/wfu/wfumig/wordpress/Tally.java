package edu.wfu.wfumig.wordpress;

import java.util.Arrays;

/** What a rewriter did: how often each rule replaced something, and how much was looked at. For one thread. */
public final class Tally {
    private final long[] replaced;
    private long scanned;

    /**
     * @param rules how many rules there are
     */
    public Tally(int rules) {
        replaced = new long[rules];
    }

    void replaced(int rule) {
        replaced[rule]++;
    }

    void scanned(long bytes) {
        scanned += bytes;
    }

    /** How often each rule replaced something since this was asked for last. */
    public long[] take() {
        long[] taken = replaced.clone();
        Arrays.fill(replaced, 0);
        return taken;
    }

    /** How often the rule with this number replaced something. */
    public long of(int rule) {
        return replaced[rule];
    }

    /** Bytes that were walked over, each as often as it was: the work that was done. */
    public long scanned() {
        return scanned;
    }
}
