package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.Location;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds scripts that would reach out of a {@link Scratch} schema: they name the live one, write into another one, or change what
 * belongs to the server or the database as a whole.
 */
final class LiveNames {
    private static final Pattern WRITES_ELSEWHERE = Pattern.compile(
            "\\b(?:INSERT\\s+(?:IGNORE\\s+)?INTO|REPLACE\\s+INTO|DELETE\\s+FROM|TRUNCATE(?:\\s+TABLE)?|(?<!\\bKEY\\s{1,9})UPDATE"
                    + "|(?:CREATE|ALTER|DROP)\\s+(?:TABLE|VIEW)(?:\\s+IF\\s+(?:NOT\\s+)?EXISTS)?)\\s+(?:ONLY\\s+)?[`\"]?\\w+[`\"]?\\s*\\.\\s*[`\"]?\\w",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern OF_THE_SERVER = Pattern.compile(
            "\\b(?:(?:CREATE|ALTER|DROP|RENAME)\\s+(?:USER|ROLE|GROUP|TABLESPACE|SERVER|PUBLICATION|SUBSCRIPTION|EVENT\\s+TRIGGER"
                    + "|FOREIGN\\s+DATA\\s+WRAPPER)|(?:ALTER|DROP)\\s+EXTENSION|ALTER\\s+SYSTEM"
                    + "|SET\\s+(?:@@)?(?:GLOBAL|PERSIST|PERSIST_ONLY))\\b",
            Pattern.CASE_INSENSITIVE);

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
        look(
                file,
                code,
                names,
                "the live schema " + part.schema() + " is named here, and would be changed from a scratch schema");
        look(file, code, WRITES_ELSEWHERE, "another schema is written here, and would be from a scratch schema");
        look(file, code, OF_THE_SERVER, "this is not of a schema alone, and would be done from a scratch schema");
    }

    private void look(String file, String code, Pattern pattern, String found) {
        var here = pattern.matcher(code);
        if (!here.find()) return;
        int line = (int) code.substring(0, here.start())
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        problems.add(Problem.at(new Location(file, line), found, "names without a schema, of what a schema holds"));
    }

    /** Refuses with all that was found. */
    void require() {
        if (!problems.isEmpty()) throw new Refusal(Refusal.Kind.INVALID, List.copyOf(problems));
    }
}
