package edu.wfu.wfumig.dump;

import java.util.Locale;

/** The words of a statement outside of quotes, as far as its end depends on them. */
final class StatementWords {
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

    /** Whether a byte may stand in a word, or in the tag of a dollar quote. */
    static boolean isTag(int c) {
        return c == '_' || c >= 0x80 || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }
}
