package edu.wfu.wfumig.dump;

import java.nio.charset.StandardCharsets;

/**
 * The words of a statement of MySQL or MariaDB, one after the other. Comments are blanks. A conditional comment is decided here, not
 * by the server: its marks become blanks in the statement itself, or all of it does; so the server runs what was read, and nothing
 * else. Makes no text of what is passed over, so that a statement of megabytes costs little. Source: MySQL manual, "Comments",
 * "String Literals", "Schema Object Names"; MariaDB manual, "Comment Syntax".
 */
final class MysqlWords {
    /** What a word is. */
    enum Kind {
        PLAIN,
        /** A name in back quotes. */
        NAME,
        /** A text in quotes. */
        TEXT,
        NUMBER,
        /** Anything else, one character. */
        SIGN,
        END
    }

    /** What MySQL says to its own servers from 5.7 on does not concern MariaDB. */
    private static final int MYSQL_ALONE = 50700;

    private static final int MARIADB = 100000;

    private static final int LONGEST_VERSION = 9;

    private final byte[] sql;
    private final boolean mariadb;
    private final int version;
    private int from;
    private int to;
    private Kind kind = Kind.SIGN;

    /**
     * @param sql loses its conditional comments as it is read
     * @param version of the server, as in {@code 110405}
     */
    MysqlWords(byte[] sql, boolean mariadb, int version) {
        this.sql = sql;
        this.mariadb = mariadb;
        this.version = version;
    }

    Kind kind() {
        return kind;
    }

    /** The word, without its quotes; a char for each byte. */
    String text() {
        boolean quoted = kind == Kind.NAME || kind == Kind.TEXT;
        int less = quoted ? 1 : 0;
        return new String(sql, from + less, Math.max(0, to - from - 2 * less), StandardCharsets.ISO_8859_1);
    }

    /** Bytes of the word, with its quotes. */
    int length() {
        return to - from;
    }

    /** Where the word begins. */
    int from() {
        return from;
    }

    /** Where the word ends. */
    int to() {
        return to;
    }

    /** Makes blanks of a part of the statement that is read already. */
    void blank(int begin, int end) {
        for (int i = begin; i < end; i++) sql[i] = ' ';
    }

    /** Gives a text less between its quotes, and blanks behind it. */
    void shorten(String text) {
        byte[] less = text.getBytes(StandardCharsets.ISO_8859_1);
        if (kind != Kind.TEXT || less.length > to - from - 2) return;
        byte quote = sql[from];
        int end = to;
        System.arraycopy(less, 0, sql, from + 1, less.length);
        to = from + less.length + 2;
        sql[to - 1] = quote;
        blank(to, end);
    }

    boolean is(char sign) {
        return kind == Kind.SIGN && sql[from] == sign;
    }

    /** Goes to the next word; returns what it is. */
    Kind next() {
        passBlanks();
        from = to;
        if (from >= sql.length) return kind = Kind.END;
        byte c = sql[from];
        if (c == '`') return kind = quoted(c, Kind.NAME);
        if (c == '\'' || c == '"') return kind = quoted(c, Kind.TEXT);
        if (c >= '0' && c <= '9') return kind = number();
        if (!isPart(c) && c != '@') {
            to++;
            return kind = Kind.SIGN;
        }
        // A variable begins a word, even where none has ended: SELECT@a.
        while (to < sql.length && sql[to] == '@' && to - from < 2) to++;
        while (to < sql.length && isPart(sql[to])) to++;
        return kind = Kind.PLAIN;
    }

    private Kind quoted(byte quote, Kind what) {
        to++;
        while (to < sql.length) {
            byte c = sql[to++];
            if (c == '\\' && quote != '`') to++;
            else if (c == quote && to < sql.length && sql[to] == quote) to++;
            else if (c == quote) break;
        }
        to = Math.min(to, sql.length);
        return what;
    }

    /** A name may begin with a digit, too. */
    private Kind number() {
        while (to < sql.length && sql[to] >= '0' && sql[to] <= '9') to++;
        boolean name = to < sql.length && isPart(sql[to]) && sql[to] != 'e' && sql[to] != 'E' && sql[to] != 'x';
        boolean fraction = to + 1 < sql.length && sql[to] == '.' && sql[to + 1] >= '0' && sql[to + 1] <= '9';
        if (fraction) to++;
        while (to < sql.length && isPart(sql[to])) to++;
        return name ? Kind.PLAIN : Kind.NUMBER;
    }

    private static boolean isPart(byte c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c < 0;
    }

    private void passBlanks() {
        while (to < sql.length) {
            byte c = sql[to];
            if (c >= 0 && c <= ' ') to++;
            else if (c == '#' || c == '-' && at(1) == '-' && at(2) >= 0 && at(2) <= ' ') passLine();
            else if (c == '/' && at(1) == '*') passOpening();
            else if (c == '*' && at(1) == '/') blank(2);
            else return;
        }
    }

    private byte at(int ahead) {
        return to + ahead < sql.length ? sql[to + ahead] : (byte) ' ';
    }

    private void passLine() {
        while (to < sql.length && sql[to] != '\n') to++;
    }

    private void passOpening() {
        boolean theirs = at(2) == 'M' && at(3) == '!';
        if (!theirs && at(2) != '!') {
            passComment();
            return;
        }
        int digits = theirs ? 4 : 3;
        int wanted = 0;
        int end = digits;
        while (at(end) >= '0' && at(end) <= '9' && end - digits < LONGEST_VERSION)
            wanted = wanted * 10 + at(end++) - '0';
        if (runs(theirs, wanted)) {
            blank(end);
            return;
        }
        int begin = to;
        passComment();
        blank(begin, to);
    }

    private boolean runs(boolean theirs, int wanted) {
        if (wanted > version || theirs && !mariadb) return false;
        return theirs || !mariadb || wanted < MYSQL_ALONE || wanted >= MARIADB;
    }

    private void passComment() {
        to += 2;
        while (to < sql.length && !(sql[to] == '*' && at(1) == '/')) to++;
        to = Math.min(sql.length, to + 2);
    }

    private void blank(int length) {
        for (int i = 0; i < length && to < sql.length; i++) sql[to++] = ' ';
    }
}
