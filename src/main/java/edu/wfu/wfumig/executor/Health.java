package edu.wfu.wfumig.executor;

import java.util.List;

/** Says which of source, target and staging is ill. Must not throw. */
public interface Health {
    /** Whether they answer: a line for each that does not. */
    List<String> connections();

    /** Whether they can do their work: a line for each that cannot, with what is wrong. */
    List<String> examine();
}
