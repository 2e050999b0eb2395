package edu.wfu.wfumig.dsl;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;

/** {@code staging { … }}: where rewritten tables are built. */
public interface StagingBlock extends Block {
    /** A schema of wfumig's own; without one, staged tables live in the target's schema under reserved names. */
    void schema(String name);

    /** A server other than the target's. Verified rows are then carried over to the target before the cutover. */
    void mysql(@DelegatesTo(value = MysqlBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body);
}
