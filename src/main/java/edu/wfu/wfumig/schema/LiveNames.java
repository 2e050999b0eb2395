package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.Location;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds scripts that name the live schema: run in a {@link Scratch} schema, they would reach out of it. */
final class LiveNames {
    private final Part part;
    private final Pattern names;
    private final List<Problem> problems = new ArrayList<>();

    LiveNames(Part part) {
        this.part = part;
        // On some servers names of schemas differ by more than their case; a script that relies on this is refused too.
        names = Pattern.compile(
                "(?<![\\w$.`\"])[`\"]?" + Pattern.quote(part.schema()) + "[`\"]?\\s*\\.",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    void look(String file, String text) {
        String code = SqlCode.of(part.fill(text), part.postgres());
        var found = names.matcher(code);
        if (!found.find()) return;
        int line = (int) code.substring(0, found.start())
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        problems.add(Problem.at(
                new Location(file, line),
                "the live schema " + part.schema() + " is named here, and would be changed from a scratch schema",
                "names without a schema"));
    }

    /** Refuses with all that was found. */
    void require() {
        if (!problems.isEmpty()) throw new Refusal(Refusal.Kind.INVALID, List.copyOf(problems));
    }
}
