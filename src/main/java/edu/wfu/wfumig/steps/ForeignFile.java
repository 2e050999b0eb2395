package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.Location;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Intake;
import edu.wfu.wfumig.dump.FileEnd;
import edu.wfu.wfumig.dump.ImportRules;
import edu.wfu.wfumig.dump.ImportRules.Forbidden;
import edu.wfu.wfumig.dump.ImportRules.Verdict;
import edu.wfu.wfumig.dump.StatementReader;
import edu.wfu.wfumig.dump.StatementReader.Statement;
import edu.wfu.wfumig.dump.Unpacked;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A dump that others made, on its way into an intake.
 *
 * <ol>
 *   <li>It is taken apart while it streams by; one statement is held at a time.
 *   <li>A statement that a dump has is run; one that concerns the server or another schema is left out or refused.
 *   <li>It must not end within a statement; and at its end it must say that it is whole.
 * </ol>
 *
 * Only what came to its end is completed.
 *
 * @param whole whether a file counts that does not say so itself
 */
public record ForeignFile(Path file, int mostBytes, boolean whole) {
    private static final String SAFE = "nothing but a place of wfumig's own was touched, and that is dropped again";

    private static final int SHOWN = 60;

    /** What a value begins with: a quote, the dollar of PostgreSQL's own quotes, a number in hexadecimal digits. */
    private static final Pattern VALUE = Pattern.compile("['\"$]|\\b0[xX]");

    /** Where the server quotes the rest of a statement that it does not understand. */
    private static final Pattern REST = Pattern.compile("(?s)(?: at or| to use)? near ['\"].*");

    /** Rows go to the server in blocks of about so many bytes. */
    private static final int BLOCK = 1 << 20;

    /** How many statements were run and left out, and how many bytes were read. */
    public record Taken(long run, long leftOut, long bytes) {}

    public Taken into(Intake intake, ImportRules rules) {
        long run = 0;
        long leftOut = 0;
        try (var packed = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                var end = new FileEnd(Unpacked.of(packed))) {
            var reader = new StatementReader(end, rules.tongue(), mostBytes);
            for (var statement = reader.next(); statement != null; statement = reader.next()) {
                if (!statement.ended()) throw cutOff(statement);
                if (verdict(rules, statement) == Verdict.LEAVE_OUT) {
                    leftOut++;
                    continue;
                }
                run(intake, statement, reader);
                run++;
            }
            if (!end.marked() && !whole) throw cutOff();
            return new Taken(run, leftOut, end.length());
        } catch (IOException e) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    Problem.of(
                            file + " cannot be read to its end: " + e.getMessage(),
                            "a whole file: text, gzip or zstd",
                            SAFE,
                            "fetch the file again"),
                    e);
        }
    }

    private Verdict verdict(ImportRules rules, Statement statement) {
        try {
            return rules.of(statement.sql());
        } catch (Forbidden forbidden) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    new Problem(
                            at(statement),
                            forbidden.getMessage() + ": " + shown(statement),
                            "what mysqldump, mariadb-dump and pg_dump write: tables of one schema, and their rows",
                            SAFE,
                            "take it out of the file if it does not matter"));
        }
    }

    private void run(Intake intake, Statement statement, StatementReader reader) throws IOException {
        try {
            if (statement.rows()) intake.rows(statement.sql(), () -> block(reader));
            else intake.run(statement.sql());
        } catch (Refusal refusal) {
            var problems = new ArrayList<Problem>();
            for (var problem : refusal.problems()) {
                problems.add(new Problem(
                        at(statement),
                        REST.matcher(problem.found()).replaceAll("") + ", in: " + shown(statement),
                        "a statement that this server understands",
                        SAFE,
                        ""));
            }
            throw new Refusal(Refusal.Kind.FAILED, problems);
        }
    }

    /** As many rows as make a block. */
    private static byte @Nullable [] block(StatementReader reader) throws IOException {
        var block = new ByteArrayOutputStream(BLOCK);
        for (var row = reader.row(); row != null; row = reader.row()) {
            block.write(row.array(), 0, row.size());
            block.write('\n');
            if (block.size() >= BLOCK) break;
        }
        return block.size() == 0 ? null : block.toByteArray();
    }

    private Location at(Statement statement) {
        return new Location(file.toString(), (int) Math.min(Integer.MAX_VALUE, statement.line()));
    }

    /** Its beginning, up to where a value may stand: values are passwords' hashes, and passwords. */
    private static String shown(Statement statement) {
        String begin = statement.begin(SHOWN).replaceAll("\\s+", " ");
        var value = VALUE.matcher(begin);
        if (value.find()) return begin.substring(0, value.start()) + "…";
        return statement.sql().length > SHOWN ? begin + "…" : begin;
    }

    /** Rows that are lacking may leave a statement that the server would run all the same. */
    private Refusal cutOff(Statement statement) {
        return new Refusal(
                Refusal.Kind.INVALID,
                new Problem(
                        at(statement),
                        "the file ends within a statement: " + shown(statement),
                        "a semicolon, or whatever its DELIMITER is, behind every statement",
                        SAFE,
                        "fetch the file again; its copy was cut off"));
    }

    private Refusal cutOff() {
        return new Refusal(
                Refusal.Kind.INVALID,
                Problem.of(
                        file + " does not say at its end that it is whole",
                        "a last line such as: -- Dump completed",
                        SAFE,
                        "fetch the file again; if its author's program never writes such a line: --no-end-marker"));
    }
}
