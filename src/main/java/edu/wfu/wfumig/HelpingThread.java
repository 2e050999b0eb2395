package edu.wfu.wfumig;

/** A thread that works for the one that made it: what gets that one out of a wait is to get this one out as well. */
public final class HelpingThread extends Thread {
    private final Thread helped = Thread.currentThread();

    public HelpingThread(Runnable work, String name, long stackBytes) {
        super(null, work, name, stackBytes);
        setDaemon(true);
    }

    /** Whether {@code one} is {@code other}, or works for it. */
    public static boolean worksFor(Thread one, Thread other) {
        return one == other || one instanceof HelpingThread helping && worksFor(helping.helped, other);
    }
}
