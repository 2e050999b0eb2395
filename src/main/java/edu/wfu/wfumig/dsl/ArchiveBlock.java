package edu.wfu.wfumig.dsl;

/** {@code archive { … }}: where dumps, manifests and reports are kept. */
public interface ArchiveBlock extends Block {
    /** A directory, relative to where wfumig is started. */
    void directory(String path);
}
