package edu.wfu.wfumig.dump;

import edu.wfu.wfumig.dump.StatementReader.Tongue;

/** What is done with the statements of a file that somebody else made. It is to make tables and rows in one place, nothing else. */
public interface ImportRules {
    /** What is done with a statement. */
    enum Verdict {
        RUN,
        LEAVE_OUT
    }

    /** Why a statement is refused. */
    final class Forbidden extends Exception {
        Forbidden(String why) {
            super(why);
        }
    }

    /** Whose words the file speaks. */
    Tongue tongue();

    /** @param sql may lose comments: what is left is what was judged */
    Verdict of(byte[] sql) throws Forbidden;
}
