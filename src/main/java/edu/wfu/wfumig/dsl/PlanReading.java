package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.Location;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.plan.Input;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One reading of one plan file: what it took from outside and what is wrong with it. */
record PlanReading(String file, OutsideValues values, List<Problem> problems, Set<Input> inputs) {
    PlanReading(String file, OutsideValues values) {
        this(file, values, new ArrayList<>(), new LinkedHashSet<>());
    }

    /** The line of the plan that is being run. */
    Location here() {
        String script = Path.of(file).getFileName().toString(); // class files name their source without its folder
        int line = StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> script.equals(frame.getFileName()))
                        .map(StackWalker.StackFrame::getLineNumber)
                        .findFirst()
                        .orElse(0));
        return new Location(file, line);
    }

    /** The line of the plan that a stack has reached, 0 when it is elsewhere. */
    int lineIn(StackTraceElement[] stack) {
        String script = Path.of(file).getFileName().toString();
        for (var frame : stack) if (script.equals(frame.getFileName())) return frame.getLineNumber();
        return 0;
    }

    void problem(String found, String expected) {
        problems.add(Problem.at(here(), found, expected));
    }

    /** What is to be taken for a setting: what overrides the plan, what the plan says, what is configured, in this order. */
    @Nullable
    String setting(String key, @Nullable String ofPlan) {
        String override = values.overrides().get(key);
        if (override == null && ofPlan != null) return ofPlan;
        String taken = override == null ? values.settings().apply(key) : override;
        if (taken != null) inputs.add(new Input("config", key, taken));
        return taken;
    }

    /** Notes a value from outside; one that is missing is a problem and stands as an empty text until the end. */
    String outside(String kind, String key, @Nullable String value, @Nullable String otherwise) {
        String taken = value != null ? value : otherwise;
        if (taken == null) {
            problem(
                    kind + "('" + key + "') has no value",
                    kind.equals("env") ? "the environment variable " + key : "--param " + key + "=…");
            return "";
        }
        inputs.add(new Input(kind, key, taken));
        return taken;
    }
}
