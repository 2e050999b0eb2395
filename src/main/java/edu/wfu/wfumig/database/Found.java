package edu.wfu.wfumig.database;

import edu.wfu.wfumig.Problem;
import java.util.ArrayList;
import java.util.List;

/** What an examination of one server found so far. */
public final class Found {
    private final String side;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    /** @param side as people call it: {@code source}, {@code target}, {@code staging} */
    public Found(String side) {
        this.side = side;
    }

    /** @param what goes on after "the target's server" */
    public void problem(String what, String expected, String next) {
        problems.add(Problem.of("the " + side + "'s server " + what, expected, "nothing was written", next));
    }

    public void remark(String what) {
        remarks.add("the " + side + "'s server " + what);
    }

    public Findings findings() {
        return new Findings(List.copyOf(problems), List.copyOf(remarks));
    }
}
