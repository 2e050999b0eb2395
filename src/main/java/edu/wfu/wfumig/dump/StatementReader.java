package edu.wfu.wfumig.dump;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
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

    private static final int NOTHING = -1;

    private final InputStream in;
    private final Tongue tongue;
    private final int most;
    private final RowBuffer text = new RowBuffer(8192);
    private final Words words = new Words();
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private long line = 1;
    private long began;
    private byte[] delimiter = {';'};
    private boolean inRows;

    /**
     * @param most bytes that a statement or a row may have
     */
    public StatementReader(InputStream in, Tongue tongue, int most) {
        this.in = in;
        this.tongue = tongue;
        this.most = most;
    }

    /** The line that is read now, from 1. */
    public long line() {
        return line;
    }

    /** The next statement; null at the end. Rows that nobody has read are passed over. */
    public @Nullable Statement next() throws IOException {
        while (inRows) row();
        while (toBegin()) {
            text.truncate(0);
            words.begin();
            began = line;
            if (tongue == Tongue.MYSQL && isDelimiterLine()) continue;
            if (tongue == Tongue.POSTGRES && peek() == '\\') return command();
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
        began = line;
        if (peek() == NOTHING) throw cutOff("among the rows of a COPY", line);
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
            int c = peek();
            if (c == NOTHING) return false;
            if (c <= ' ') take();
            else if (isLineComment()) passLine();
            else if (isBlockComment() && !isConditional()) passBlockComment();
            else return true;
        }
    }

    /** False when the file ends before the delimiter. */
    private boolean readToDelimiter() throws IOException {
        while (true) {
            int c = peek();
            if (c == NOTHING) return false;
            if (isAhead(delimiter)) {
                words.end();
                if (words.depth() == 0) {
                    at += delimiter.length;
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
        long from = line;
        words.end();
        keepByte();
        while (true) {
            keepUntil(quote, '\\');
            int c = peek();
            if (c == NOTHING) throw cutOff("within a text in quotes", from);
            keepByte();
            if (c == '\\' && backslashes && peek() != NOTHING) keepByte();
            else if (c == quote) return; // a doubled one begins the next text at once, which comes to the same
        }
    }

    private void keepDollarQuoted() throws IOException {
        long from = line;
        int length = 1;
        while (isTag(ahead(length))) length++;
        if (ahead(length) != '$' || Character.isDigit(ahead(1))) {
            keep();
            return;
        }
        byte[] tag = Arrays.copyOfRange(buffer, at, at + length + 1);
        words.end();
        for (int i = 0; i < tag.length; i++) keepByte();
        while (!isAhead(tag)) {
            if (peek() == NOTHING) throw cutOff("within a text in dollar quotes", from);
            keepByte();
        }
        for (int i = 0; i < tag.length; i++) keepByte();
    }

    private static boolean isTag(int c) {
        return c == '_' || c >= 0x80 || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    private boolean isLineComment() throws IOException {
        int c = peek();
        if (c == '#') return tongue == Tongue.MYSQL;
        if (c != '-' || ahead(1) != '-') return false;
        return tongue == Tongue.POSTGRES || ahead(2) <= ' ';
    }

    private boolean isBlockComment() throws IOException {
        return peek() == '/' && ahead(1) == '*';
    }

    /** {@code /*!40101 … } and MariaDB's {@code /*M!100616 … }. */
    private boolean isConditional() throws IOException {
        return tongue == Tongue.MYSQL && (ahead(2) == '!' || ahead(2) == 'M' && ahead(3) == '!');
    }

    private void passBlockComment() throws IOException {
        int size = text.size();
        keepBlockComment();
        text.truncate(size);
    }

    /** A conditional comment is SQL: quotes within comments of its own are no texts there, either. */
    private void keepBlockComment() throws IOException {
        boolean conditional = isConditional();
        long from = line;
        int depth = 0;
        words.end();
        do {
            int c = peek();
            if (c == NOTHING) throw cutOff("within a comment", from);
            boolean opens = c == '/' && ahead(1) == '*' && (depth == 0 || tongue == Tongue.POSTGRES);
            boolean closes = c == '*' && ahead(1) == '/';
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
        for (int i = 0; i < word.length; i++) if (Character.toLowerCase(ahead(i)) != word[i]) return false;
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
        while (peek() != '\n' && peek() != NOTHING) keepUntil('\n', '\n');
        take();
        if (text.size() > 0 && text.array()[text.size() - 1] == '\r') text.truncate(text.size() - 1);
    }

    private void keepLine() throws IOException {
        while (peek() != '\n' && peek() != NOTHING) keepUntil('\n', '\n');
        if (peek() != NOTHING) keepByte();
    }

    /** The words on both sides of a comment stay two. */
    private void blankLine() throws IOException {
        words.end();
        passLine();
        write('\n');
    }

    private void passLine() throws IOException {
        int c = take();
        while (c != '\n' && c != NOTHING) c = take();
    }

    private void keep() throws IOException {
        words.see(peek());
        keepByte();
    }

    private void keepByte() throws IOException {
        write(take());
    }

    private void write(int c) {
        if (text.size() == most) throw tooLarge();
        text.write(c);
    }

    /** Keeps what is in the buffer up to one of two bytes, or a newline. */
    private void keepUntil(int one, int other) {
        int to = at;
        while (to < end && buffer[to] != one && buffer[to] != other && buffer[to] != '\n') to++;
        if (to - at > most - text.size()) throw tooLarge();
        text.write(buffer, at, to - at);
        at = to;
    }

    private int take() throws IOException {
        int c = peek();
        if (c == NOTHING) return NOTHING;
        at++;
        if (c == '\n') line++;
        return c;
    }

    private int peek() throws IOException {
        return at < end ? buffer[at] & 0xff : ahead(0);
    }

    private boolean isAhead(byte[] bytes) throws IOException {
        for (int i = 0; i < bytes.length; i++) if (ahead(i) != (bytes[i] & 0xff)) return false;
        return true;
    }

    /** The byte so many places ahead; {@value #NOTHING} behind the end. */
    private int ahead(int places) throws IOException {
        if (at + places < end) return buffer[at + places] & 0xff;
        if (places >= buffer.length / 2) return NOTHING;
        System.arraycopy(buffer, at, buffer, 0, end - at);
        end -= at;
        at = 0;
        while (end <= places) {
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) return NOTHING;
            end += read;
        }
        return buffer[places] & 0xff;
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

    /** The words of a statement outside of quotes, as far as its end depends on them. */
    private static final class Words {
        private static final int LONGEST = 16;
        private final StringBuilder word = new StringBuilder();
        private String first = "";
        private String last = "";
        private String beforeLast = "";
        private int depth;
        private boolean stdin;

        void begin() {
            stdin = false;
            word.setLength(0);
            first = "";
            last = "";
            beforeLast = "";
            depth = 0;
        }

        /** Whether a word is being read, of which {@code $} would be a part. */
        boolean open() {
            return word.length() > 0;
        }

        /** Whether a quote here begins a text with backslashes in it. */
        boolean escapes() {
            return word.length() == 1 && (word.charAt(0) == 'E' || word.charAt(0) == 'e');
        }

        void see(int c) {
            if (isTag(c) || c == '$' && open()) {
                if (word.length() < LONGEST) word.append((char) c);
            } else {
                end();
            }
        }

        void end() {
            if (!open()) return;
            beforeLast = last;
            last = word.toString().toLowerCase(Locale.ROOT);
            word.setLength(0);
            if (first.isEmpty()) first = last;
            stdin |= last.equals("stdin") && beforeLast.equals("from");
            if (last.equals("atomic") && beforeLast.equals("begin")) depth++;
            else if (depth > 0 && last.equals("case")) depth++;
            else if (depth > 0 && last.equals("end")) depth--;
        }

        /** How many ends the body of a function still lacks. */
        int depth() {
            return depth;
        }

        /** Whether the statement is {@code COPY … FROM stdin}, whatever follows. */
        boolean copiesIn() {
            end();
            return first.equals("copy") && stdin;
        }

        boolean endWithStdin() {
            return last.equals("stdin");
        }
    }
}
