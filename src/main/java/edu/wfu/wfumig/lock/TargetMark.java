package edu.wfu.wfumig.lock;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Catalogue;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.Mark;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Proves that a database is the environment that the plan takes it for.
 *
 * <ol>
 *   <li>The mark in the target's schema must name the plan's environment, this server and this schema. A copy of another
 *       environment's data brings that one's mark along, and is found out by it.
 *   <li>The source is only refused when its mark says, on its own server and in its own schema, that it is something else. A
 *       replica or a copy of the source is a good source.
 *   <li>A target without a mark is marked by the first run that somebody confirmed and that found nothing wrong.
 * </ol>
 *
 * @param environment what the plan calls it
 * @param server the server's identity
 */
public record TargetMark(String environment, String server, String schema) {
    /** Refuses when the target's mark says something else. */
    public void requireTarget(Catalogue catalogue) {
        refuse(targetProblem(catalogue));
    }

    /** Refuses when the source is certain to be another environment. */
    public void requireSource(Catalogue catalogue) {
        refuse(sourceProblem(catalogue));
    }

    private static void refuse(Optional<Problem> problem) {
        if (problem.isPresent()) throw new Refusal(Refusal.Kind.STALE, problem.get());
    }

    /** What the plan, the server and the target's mark disagree about. */
    public Optional<Problem> targetProblem(Catalogue catalogue) {
        var mark = catalogue.mark(schema);
        if (mark == null) return Optional.empty();
        var differs = new ArrayList<String>();
        if (!mark.environment().equals(environment)) {
            differs.add("it is marked as '" + mark.environment() + "', the plan calls it '" + environment + "'");
        }
        if (!mark.server().equals(server)) {
            differs.add("it was marked on the server " + mark.server() + " and stands on " + server);
        }
        if (!mark.schema().equals(schema)) {
            differs.add("it was marked in the schema " + mark.schema() + " and stands in " + schema);
        }
        if (differs.isEmpty()) return Optional.empty();
        return Optional.of(Problem.of(
                "the target does not prove that it is '" + environment + "': " + String.join("; ", differs)
                        + " (marked " + mark.at() + " by " + mark.by() + ")",
                "a plan, a server and a mark that agree",
                "nothing was written",
                "correct the plan; if this database is '" + environment + "' indeed: wfumig mark " + environment
                        + " --plan PLAN --replace"));
    }

    /** What is wrong when the source is marked, in its own place, as another environment. */
    public Optional<Problem> sourceProblem(Catalogue catalogue) {
        var mark = catalogue.mark(schema);
        boolean other = mark != null
                && !mark.environment().equals(environment)
                && mark.server().equals(server)
                && mark.schema().equals(schema);
        if (mark == null || !other) return Optional.empty();
        return Optional.of(Problem.of(
                "the source is marked as '" + mark.environment() + "', the plan calls it '" + environment + "'",
                "a plan and a mark that agree",
                "nothing was written",
                "correct the plan; if this database is '" + environment + "' indeed: wfumig mark " + environment
                        + " --plan PLAN --replace"));
    }

    /** Marks the target if it has no mark; returns whether it had none. */
    public boolean writeIfMissing(Database target, String by) {
        try (var catalogue = target.catalogue()) {
            if (catalogue.mark(schema) != null) return false;
        }
        write(target, by);
        return true;
    }

    /** Marks it, whatever stood there before. */
    public void write(Database target, String by) {
        try (var editor = target.editor()) {
            editor.mark(new Mark(environment, server, schema, "", by));
        }
    }
}
