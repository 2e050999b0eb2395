package edu.wfu.wfumig.database;

/** The servers of a run. Staging is the target itself when the plan names no other. */
public record Databases(Database source, Database target, Database staging) {
    /** Cuts what a thread has open on any of them. */
    public void release(Thread thread) {
        source.release(thread);
        target.release(thread);
        if (staging != target) staging.release(thread);
    }
}
