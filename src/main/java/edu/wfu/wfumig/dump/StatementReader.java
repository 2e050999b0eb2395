package edu.wfu.wfumig.dump;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes an SQL file apart into statements while it streams by: what mysqldump, mariadb-dump and pg_dump write, and what people
 * write by hand.
 *
 * <ol>
 *   <li>Blanks and comments in front of a statement are passed over. MySQL's conditional comments are statements.
 *   <li>A statement ends with the delimiter, outside of quotes and comments. A line {@code DELIMITER $$} sets another one
 *       (MySQL); {@code BEGIN ATOMIC … END} of a function hides those within (PostgreSQL).
 *   <li>Lines that begin with a backslash where a statement could are psql's own commands, and statements here.
 *   <li>Behind {@code COPY … FROM stdin;} stand rows, a line each, up to one that is {@code \.}: {@link #row} gives them.
 * </ol>
 *
 * Holds one statement, or one row, and 64 KB. Sources: MySQL manual, "Comments", "String Literals" and "mysql Client Commands";
 * PostgreSQL manual, "Lexical Structure", "COPY" and "psql".
 */
public final class StatementReader {
    /** Whose words the file speaks. */
    public enum Tongue {
        MYSQL,
        POSTGRES
    }

    /**
     * A statement without its delimiter.
     *
     * @param line where it begins, from 1
     * @param rows whether rows follow it
     * @param ended whether its delimiter stands behind it; else the file ends there
     */
    public record Statement(byte[] sql, long line, boolean rows, boolean ended) {
        /** Its beginning, for people and for telling what it is; a char for each byte. */
        public String begin(int length) {
            return new String(sql, 0, Math.min(length, sql.length), StandardCharsets.ISO_8859_1);
        }
    }

    private final LookAhead in;
    private final Tongue tongue;
    private final int most;
    private final RowBuffer text = new RowBuffer(8192);
    private final StatementWords words = new StatementWords();
    private long began;
    private byte[] delimiter = {';'};
    private boolean inRows;

    /**
     * @param most bytes that a statement or a row may have
     */
    public StatementReader(InputStream in, Tongue tongue, int most) {
        this.in = new LookAhead(in);
        this.tongue = tongue;
        this.most = most;
    }

    /** The line that is read now, from 1. */
    public long line() {
        return in.line();
    }

    /** The next statement; null at the end. Rows that nobody has read are passed over. */
    public @Nullable Statement next() throws IOException {
        while (inRows) row();
        while (toBegin()) {
            text.truncate(0);
            words.begin();
            began = in.line();
            if (tongue == Tongue.MYSQL && isDelimiterLine()) continue;
            if (tongue == Tongue.POSTGRES && in.peek() == '\\') return command();
            boolean ended = readToDelimiter();
            trim();
            if (text.size() == 0) continue;
            inRows = tongue == Tongue.POSTGRES && words.copiesIn();
            if (inRows && !words.endWithStdin()) throw otherFormat();
            if (inRows) passLine();
            return new Statement(Arrays.copyOf(text.array(), text.size()), began, inRows, ended);
        }
        return null;
    }

    /** The next row behind a statement that has rows, as COPY's text format has it, without its end of line; null behind the last. */
    public @Nullable RowBuffer row() throws IOException {
        if (!inRows) return null;
        text.truncate(0);
        began = in.line();
        if (in.peek() == LookAhead.NOTHING) throw cutOff("among the rows of a COPY", in.line());
        takeLine();
        if (text.size() == 2 && text.array()[0] == '\\' && text.array()[1] == '.') {
            inRows = false;
            return null;
        }
        return text;
    }

    /** Goes to where a statement begins; false at the end of the file. */
    private boolean toBegin() throws IOException {
        while (true) {
            int c = in.peek();
            if (c == LookAhead.NOTHING) return false;
            if (c <= ' ') in.take();
            else if (isLineComment()) passLine();
            else if (isBlockComment() && !isConditional()) passBlockComment();
            else return true;
        }
    }

    /** False when the file ends before the delimiter. */
    private boolean readToDelimiter() throws IOException {
        while (true) {
            int c = in.peek();
            if (c == LookAhead.NOTHING) return false;
            if (in.isAhead(delimiter)) {
                words.end();
                if (words.depth() == 0) {
                    in.skip(delimiter.length);
                    return true;
                }
            }
            if (c == '\'' || c == '"' || c == '`' && tongue == Tongue.MYSQL) keepQuoted(c);
            else if (c == '$' && tongue == Tongue.POSTGRES && !words.open()) keepDollarQuoted();
            else if (isLineComment()) blankLine();
            else if (isBlockComment()) keepBlockComment();
            else keep();
        }
    }

    private void keepQuoted(int quote) throws IOException {
        // PostgreSQL knows backslashes in E'…' alone, MySQL in all but names.
        boolean backslashes = tongue == Tongue.MYSQL ? quote != '`' : quote == '\'' && words.escapes();
        long from = in.line();
        words.end();
        keepByte();
        while (true) {
            keepUntil(quote, '\\');
            int c = in.peek();
            if (c == LookAhead.NOTHING) throw cutOff("within a text in quotes", from);
            keepByte();
            if (c == '\\' && backslashes && in.peek() != LookAhead.NOTHING) keepByte();
            else if (c == quote) return; // a doubled one begins the next text at once, which comes to the same
        }
    }

    private void keepDollarQuoted() throws IOException {
        long from = in.line();
        int length = 1;
        while (StatementWords.isTag(in.ahead(length))) length++;
        if (in.ahead(length) != '$' || Character.isDigit(in.ahead(1))) {
            keep();
            return;
        }
        byte[] tag = in.next(length + 1);
        words.end();
        for (int i = 0; i < tag.length; i++) keepByte();
        while (!in.isAhead(tag)) {
            if (in.peek() == LookAhead.NOTHING) throw cutOff("within a text in dollar quotes", from);
            keepByte();
        }
        for (int i = 0; i < tag.length; i++) keepByte();
    }

    private boolean isLineComment() throws IOException {
        int c = in.peek();
        if (c == '#') return tongue == Tongue.MYSQL;
        if (c != '-' || in.ahead(1) != '-') return false;
        return tongue == Tongue.POSTGRES || in.ahead(2) <= ' ';
    }

    private boolean isBlockComment() throws IOException {
        return in.peek() == '/' && in.ahead(1) == '*';
    }

    /** {@code /*!40101 … } and MariaDB's {@code /*M!100616 … }. */
    private boolean isConditional() throws IOException {
        return tongue == Tongue.MYSQL && (in.ahead(2) == '!' || in.ahead(2) == 'M' && in.ahead(3) == '!');
    }

    private void passBlockComment() throws IOException {
        int size = text.size();
        keepBlockComment();
        text.truncate(size);
    }

    /** A conditional comment is SQL: quotes within comments of its own are no texts there, either. */
    private void keepBlockComment() throws IOException {
        boolean conditional = isConditional();
        long from = in.line();
        int depth = 0;
        words.end();
        do {
            int c = in.peek();
            if (c == LookAhead.NOTHING) throw cutOff("within a comment", from);
            boolean opens = c == '/' && in.ahead(1) == '*' && (depth == 0 || tongue == Tongue.POSTGRES);
            boolean closes = c == '*' && in.ahead(1) == '/';
            if (opens) depth++;
            if (closes) depth--;
            if (conditional && (c == '\'' || c == '"' || c == '`')) keepQuoted(c);
            else if (conditional && isLineComment()) keepLine();
            else if (conditional && !opens && isBlockComment() && !isConditional()) keepBlockComment();
            else keepByte();
            if (opens || closes) keepByte();
        } while (depth > 0);
    }

    /** A line of psql's own, up to its end. */
    private Statement command() throws IOException {
        takeLine();
        return new Statement(Arrays.copyOf(text.array(), text.size()), began, false, true);
    }

    private boolean isDelimiterLine() throws IOException {
        byte[] word = "delimiter ".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < word.length; i++) if (Character.toLowerCase(in.ahead(i)) != word[i]) return false;
        takeLine();
        byte[] wanted = new String(text.array(), word.length, text.size() - word.length, StandardCharsets.ISO_8859_1)
                .trim()
                .getBytes(StandardCharsets.ISO_8859_1);
        if (wanted.length > 0) delimiter = wanted;
        return true;
    }

    private void trim() {
        int size = text.size();
        while (size > 0 && text.array()[size - 1] <= ' ' && text.array()[size - 1] >= 0) size--;
        text.truncate(size);
    }

    private void takeLine() throws IOException {
        while (in.peek() != '\n' && in.peek() != LookAhead.NOTHING) keepUntil('\n', '\n');
        in.take();
        if (text.size() > 0 && text.array()[text.size() - 1] == '\r') text.truncate(text.size() - 1);
    }

    private void keepLine() throws IOException {
        while (in.peek() != '\n' && in.peek() != LookAhead.NOTHING) keepUntil('\n', '\n');
        if (in.peek() != LookAhead.NOTHING) keepByte();
    }

    /** The words on both sides of a comment stay two. */
    private void blankLine() throws IOException {
        words.end();
        passLine();
        write('\n');
    }

    private void passLine() throws IOException {
        int c = in.take();
        while (c != '\n' && c != LookAhead.NOTHING) c = in.take();
    }

    private void keep() throws IOException {
        words.see(in.peek());
        keepByte();
    }

    private void keepByte() throws IOException {
        write(in.take());
    }

    private void write(int c) {
        if (text.size() == most) throw tooLarge();
        text.write(c);
    }

    /** Keeps what is at hand up to one of two bytes, or a newline. */
    private void keepUntil(int one, int other) {
        if (!in.copyUntil(one, other, text, most - text.size())) throw tooLarge();
    }

    private static Refusal cutOff(String where, long from) {
        return new Refusal(
                Refusal.Kind.INVALID,
                Problem.of(
                        "the file ends " + where + ", which began in line " + from,
                        "a whole file",
                        "what it was to replace is untouched",
                        "fetch the file again; its copy was cut off"));
    }

    private Refusal otherFormat() {
        return new Refusal(
                Refusal.Kind.INVALID,
                Problem.of(
                        "the COPY in line " + began + " has options",
                        "COPY … FROM stdin; in PostgreSQL's text format, as pg_dump writes it",
                        "what it was to replace is untouched",
                        "dump with pg_dump --format plain"));
    }

    private Refusal tooLarge() {
        return new Refusal(
                Refusal.Kind.INVALID,
                Problem.of(
                        "the statement in line " + began + " is larger than " + (most >> 20) + " MB",
                        "statements that fit into the memory",
                        "what it was to replace is untouched",
                        "dump with smaller inserts (--max-allowed-packet), or set WFUMIG_HEAP higher"));
    }
}
