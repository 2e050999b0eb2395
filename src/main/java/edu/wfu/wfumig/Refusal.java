package edu.wfu.wfumig;

import java.util.List;
import java.util.stream.Collectors;

/** wfumig will not go on, and says why: all problems at once, each with a place and a next step. */
public final class Refusal extends RuntimeException {
    /** What kind of refusal it is; the command line turns it into an exit code. */
    public enum Kind {
        /** The words of the command or the plan are wrong. */
        INVALID,
        /** The surroundings are wrong: a server, a privilege, a disk. */
        FAILED,
        /** The surroundings are wrong, but may be right in a moment: a connection was lost, a lock was not to be had. */
        PASSING,
        /** Another run holds the target. */
        LOCKED,
        /** Reality has outgrown what was asked. */
        STALE,
        /** What was moved is not what should be there. */
        MISMATCH
    }

    private final Kind kind;
    private final List<Problem> problems;

    public Refusal(Kind kind, List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.kind = kind;
        this.problems = List.copyOf(problems);
    }

    public Refusal(Kind kind, Problem problem) {
        this(kind, List.of(problem));
    }

    public Refusal(Kind kind, Problem problem, Throwable cause) {
        this(kind, List.of(problem));
        initCause(cause);
    }

    public Kind kind() {
        return kind;
    }

    public List<Problem> problems() {
        return problems;
    }
}
