package edu.wfu.wfumig.executor;

/** Whoever sits at the terminal. */
@FunctionalInterface
public interface Operator {
    enum Answer {
        GO_ON,
        PAUSE,
        ABORT
    }

    /** Asks what to do; {@link Answer#PAUSE} when nobody is there. */
    Answer ask(String why);
}
