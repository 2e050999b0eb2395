package edu.wfu.wfumig.dsl;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;

/** {@code archive { … }}: where dumps, manifests, ledgers and reports are kept: a directory or S3. */
public interface ArchiveBlock extends Block {
    /** A directory, relative to where wfumig is started. */
    void directory(String path);

    /** A bucket of Amazon S3, or of a server that speaks its protocol. */
    void s3(@DelegatesTo(value = S3Block.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body);
}
