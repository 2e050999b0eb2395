package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.executor.Operator;

/** Asks at the terminal; without one the answer is pause. */
final class TerminalOperator implements Operator {
    @Override
    public Answer ask(String why) {
        var console = System.console();
        if (console == null) return Answer.PAUSE;
        while (true) {
            String answer = console.readLine("%n%s.%nGo on, pause or abort? [g/p/a] ", why);
            if (answer == null || answer.trim().startsWith("p")) return Answer.PAUSE;
            if (answer.trim().startsWith("g")) return Answer.GO_ON;
            if (answer.trim().startsWith("a")) return Answer.ABORT;
        }
    }
}
