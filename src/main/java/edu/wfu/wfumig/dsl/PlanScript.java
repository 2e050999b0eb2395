package edu.wfu.wfumig.dsl;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.lang.Script;

/** What a plan file is compiled to: a script whose only word is {@code migration}. */
public abstract class PlanScript extends Script {
    /** The name under which the reader of a plan hands its builder to the script. */
    static final String BUILDER = "builder";

    /** A migration with a name: the whole plan. */
    public void migration(
            String name, @DelegatesTo(value = MigrationBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
        ((PlanBuilder) getBinding().getVariable(BUILDER)).migration(name, body);
    }
}
