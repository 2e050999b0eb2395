package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.schema.History.Begun;
import edu.wfu.wfumig.schema.History.Way;
import edu.wfu.wfumig.schema.Judgement.Verdict;
import edu.wfu.wfumig.schema.Script.Statement;
import java.util.ArrayList;
import java.util.NavigableMap;
import java.util.function.Predicate;

/**
 * Runs a script where no transaction holds definitions, so that at any moment it is known which of its statements are in.
 *
 * <ol>
 *   <li>What was begun earlier is judged first; what is in must stand in the script as it was run.
 *   <li>Before a statement its row is written and committed: what it says and, before a definition, what the part holds.
 *   <li>A statement that changes rows runs in one transaction with the word that it is in. After any other, the word follows.
 *   <li>A statement that the server refuses leaves no row, if nothing of it is in. The script ends there.
 * </ol>
 *
 * Safe to repeat: a statement that is in is passed over, and settings of the connection are made again.
 */
final class StatementLedger {
    /** What a person says of a statement of which nothing can be known. */
    enum Word {
        DONE,
        AGAIN,
        NONE
    }

    private final Installation here;
    private final History history;
    private final Word word;
    private final String command;

    /** @param command what is typed to go on, behind {@code wfumig schema} */
    StatementLedger(Installation here, Word word, String command) {
        this.here = here;
        this.history = here.history();
        this.word = word;
        this.command = command;
    }

    /** Writes down what became of a statement whose end is not known; refuses where nobody can know. */
    void settle(String id, Way way) {
        for (var begun : history.statements(id, way).values()) {
            if (begun.done()) continue;
            var verdict = new Judgement(here).of(begun);
            if (verdict == Verdict.UNKNOWN && word == Word.NONE) throw unknown(id, way, begun);
            boolean in = verdict == Verdict.UNKNOWN ? word == Word.DONE : verdict == Verdict.HAPPENED;
            if (in) history.done(id, way, begun.number());
            else history.forget(id, way, begun.number());
        }
    }

    /** Refuses when what is in is not what the script says now. */
    void requireSame(String id, Way way, Script script) {
        var problems = new ArrayList<Problem>();
        for (var begun : history.statements(id, way).values()) {
            var now = begun.number() <= script.statements().size()
                    ? script.statements().get(begun.number() - 1)
                    : null;
            if (now != null && now.digest().equals(begun.digest())) continue;
            problems.add(new Problem(
                    now == null ? null : script.at(now),
                    "statement " + begun.number() + " of " + script.file() + " is in, and is another one now",
                    "what was run: " + brief(begun.sql()),
                    "nothing was run",
                    "put it back and correct what comes behind it; or wfumig schema rollback " + id));
        }
        if (!problems.isEmpty()) throw new Refusal(Refusal.Kind.MISMATCH, problems);
    }

    /** Runs what is not in yet of the statements that are wanted. */
    void run(String id, Way way, Script script, Predicate<Statement> wanted) {
        settle(id, way);
        requireSame(id, way, script);
        var begun = history.statements(id, way);
        for (var statement : script.statements()) {
            if (!wanted.test(statement)) continue;
            if (statement.effect() == Effect.SETTING) failing(id, way, script, statement, () -> setting(statement));
            else if (!isIn(begun, statement)) failing(id, way, script, statement, () -> run(id, way, statement));
        }
    }

    private static boolean isIn(NavigableMap<Integer, Begun> begun, Statement statement) {
        var row = begun.get(statement.number());
        return row != null && row.done();
    }

    private void setting(Statement statement) {
        here.session().run(statement.sql());
    }

    private void run(String id, Way way, Statement statement) {
        boolean defines = statement.effect() == Effect.DEFINITION;
        history.begin(id, way, statement, defines ? Packed.structure(here.structure()) : "");
        if (statement.effect() == Effect.ROWS) {
            here.session().together(() -> {
                here.session().run(statement.sql());
                history.done(id, way, statement.number());
            });
        } else {
            here.session().run(statement.sql());
            history.done(id, way, statement.number());
        }
    }

    private void failing(String id, Way way, Script script, Statement statement, Runnable work) {
        try {
            work.run();
        } catch (Refusal refusal) {
            if (refusal.kind() == Refusal.Kind.LOCKED || !here.session().alive()) throw refusal;
            var begun = history.statements(id, way).get(statement.number());
            if (begun != null && !begun.done()) {
                if (new Judgement(here).ofRefused(begun) == Verdict.NOT) history.forget(id, way, statement.number());
                else history.partly(id, way, statement.number());
            }
            throw refused(id, way, script, statement, refusal);
        }
    }

    private Refusal refused(String id, Way way, Script script, Statement statement, Refusal refusal) {
        long in = history.statements(id, way).values().stream()
                .filter(Begun::done)
                .count();
        String safe = in == 0 ? "none of its statements is in" : in + " of its statements are in, and known";
        boolean up = way == Way.UP;
        String next =
                up ? in == 0 ? "migrate" : "migrate; or take it back: wfumig schema rollback " + id : "rollback " + id;
        return refused(script, statement, refusal, safe, next);
    }

    static Refusal refused(Script script, Statement statement, Refusal refusal, String safe, String next) {
        return new Refusal(
                refusal.kind(),
                new Problem(
                        script.at(statement),
                        "statement " + statement.number() + " of "
                                + script.statements().size() + ", "
                                + brief(statement.sql()) + ": "
                                + refusal.problems().get(0).found(),
                        "a statement that the server takes",
                        safe,
                        "correct the file, then: wfumig schema " + next),
                refusal);
    }

    private Refusal unknown(String id, Way way, Begun begun) {
        return new Refusal(
                Refusal.Kind.STALE,
                Problem.of(
                        "nobody knows whether statement " + begun.number() + " of " + id + " (" + way.word()
                                + ") is in: " + brief(begun.sql()),
                        "a person who looks",
                        "nothing was run",
                        "if it is in: wfumig schema " + command
                                + " --judged done; if nothing of it is: --judged again"));
    }

    static String brief(String sql) {
        String line = sql.replaceAll("\\s+", " ").strip();
        return line.length() <= 80 ? line : line.substring(0, 80) + "…";
    }
}
