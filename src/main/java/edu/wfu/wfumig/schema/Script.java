package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.Digest;
import edu.wfu.wfumig.Location;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.dump.StatementReader;
import edu.wfu.wfumig.dump.StatementReader.Tongue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An SQL file for one part of a schema: its statements, with the placeholders filled in.
 *
 * @param whole whether all of it runs in one transaction
 */
record Script(String file, List<Statement> statements, boolean whole) {
    private static final int LARGEST = 16 << 20;

    /** Among the first lines of a file: it does not run in one transaction, although the server could. */
    static final String NO_TRANSACTION = "-- wfumig: no transaction";

    private static final Pattern UNDOES = Pattern.compile("\\s*-- wfumig: undoes (\\d+)\\s*");
    private static final Pattern UNKNOWN = Pattern.compile("\\{([A-Za-z_]+)}(?=\\w)");

    /**
     * @param number from 1
     * @param undoes the statement of the migration that it takes back; 0 for the migration as a whole
     */
    record Statement(int number, String sql, int line, Effect effect, int undoes) {
        String digest() {
            return Digest.of(sql);
        }

        String first() {
            return Effect.firstWord(sql);
        }
    }

    static Script of(String file, String text, Part part, List<Problem> problems) {
        boolean whole = part.postgres()
                && text.lines().limit(10).noneMatch(line -> line.strip().equals(NO_TRANSACTION));
        var marks = marks(text);
        var statements = new ArrayList<Statement>();
        var unknown = UNKNOWN.matcher(part.fill(text));
        while (unknown.find()) {
            int line =
                    (int) part.fill(text).substring(0, unknown.start()).lines().count();
            problems.add(Problem.at(
                    new Location(file, Math.max(1, line)),
                    unknown.group() + " is no placeholder",
                    "{prefix} or {charset_collate}"));
        }
        var bytes = new ByteArrayInputStream(part.fill(text).getBytes(StandardCharsets.UTF_8));
        var reader = new StatementReader(bytes, part.postgres() ? Tongue.POSTGRES : Tongue.MYSQL, LARGEST);
        try {
            for (var next = reader.next(); next != null; next = reader.next()) {
                String sql = new String(next.sql(), StandardCharsets.UTF_8);
                int line = (int) next.line();
                var mark = marks.floorEntry(line);
                statements.add(new Statement(
                        statements.size() + 1,
                        sql,
                        line,
                        Effect.of(sql, part.postgres()),
                        mark == null ? 0 : mark.getValue()));
                var forbidden = next.rows() ? Forbidden.ROWS : Forbidden.in(sql, part.postgres(), whole);
                if (forbidden == null) continue;
                problems.add(Problem.at(
                        new Location(file, line),
                        "a migration cannot hold " + forbidden.found(),
                        forbidden.expected()));
            }
        } catch (Refusal refusal) {
            refusal.problems()
                    .forEach(told -> problems.add(new Problem(
                            new Location(file, (int) reader.line()),
                            told.found(),
                            "a whole script",
                            "nothing was written",
                            "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Script(file, List.copyOf(statements), whole);
    }

    /** Lines that say what follows them takes back. */
    private static NavigableMap<Integer, Integer> marks(String text) {
        var marks = new TreeMap<Integer, Integer>();
        var lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            var mark = UNDOES.matcher(lines.get(i));
            if (mark.matches()) marks.put(i + 1, Integer.parseInt(mark.group(1)));
        }
        return marks;
    }

    /** Whether a text names a table. */
    static boolean mentions(String text, String table) {
        return Pattern.compile("(?<![\\w$])" + Pattern.quote(table) + "(?![\\w$])")
                .matcher(text)
                .find();
    }

    Location at(Statement statement) {
        return new Location(file, statement.line());
    }
}
