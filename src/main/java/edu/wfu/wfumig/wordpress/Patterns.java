package edu.wfu.wfumig.wordpress;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules that are regular expressions, in the syntax of RE2, whose search takes linear time whatever the expression.
 * They see values without their escapes, and match from left to right like needles.
 */
public final class Patterns {
    private record Entry(int rule, Pattern pattern, String with) {}

    private final List<Entry> entries = new ArrayList<>();

    Patterns(List<Rule> rules) {
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            if (rule.regex()) entries.add(new Entry(i, Pattern.compile(rule.find()), rule.with()));
        }
    }

    /** What is wrong with a rule that is an expression; null when nothing is. */
    public static @Nullable String problem(Rule rule) {
        try {
            var pattern = Pattern.compile(rule.find());
            if (pattern.matches("")) return "it matches the empty text";
            for (int i = 0; i + 1 < rule.with().length(); i++) {
                char c = rule.with().charAt(i);
                int group = Character.digit(rule.with().charAt(i + 1), 10);
                if (c == '$' && group > pattern.groupCount())
                    return "it has no group " + group + ", which '" + rule.with() + "' asks for";
                if (c == '\\') i++;
            }
            return null;
        } catch (PatternSyntaxException e) {
            return e.getDescription() + (e.getPattern().isEmpty() ? "" : ": " + e.getPattern());
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The matches of all expressions in a text. */
    List<Match> in(byte[] text, int from, int to) {
        if (entries.isEmpty()) return List.of();
        byte[] range = Arrays.copyOfRange(text, from, to);
        return entries.stream().map(entry -> new Match(entry, range, from)).toList();
    }

    /** One expression's walk over a text: where it matches next. */
    static final class Match {
        private final Entry entry;
        private final Matcher matcher;
        private final byte[] range;
        private final int from;
        private boolean found;

        private Match(Entry entry, byte[] range, int from) {
            this.entry = entry;
            this.range = range;
            this.from = from;
            matcher = entry.pattern().matcher(range);
            find(0);
        }

        /** The match that begins first at or behind {@code at}, the longest of several; null when there is none. */
        static @Nullable Match first(List<Match> matches, int at) {
            Match best = null;
            for (var match : matches) {
                if (match.found && match.start() < at) match.find(at - match.from);
                if (!match.found) continue;
                boolean better = best == null
                        || match.start() < best.start()
                        || match.start() == best.start() && match.end() > best.end();
                if (better) best = match;
            }
            return best;
        }

        private void find(int at) {
            int seek = at;
            do {
                found = seek <= range.length && matcher.find(seek);
                if (found) seek = matcher.end() + 1;
            } while (found && matcher.start() == matcher.end());
        }

        int rule() {
            return entry.rule();
        }

        int start() {
            return from + matcher.start();
        }

        int end() {
            return from + matcher.end();
        }

        /** What takes its place: {@code $1} is its first group, a backslash takes the next character as it is. */
        byte[] replacement() {
            var out = new ByteArrayOutputStream();
            int[] with = entry.with().codePoints().toArray();
            for (int i = 0; i < with.length; i++) {
                boolean more = i + 1 < with.length;
                if (with[i] == '$' && more && Character.isDigit(with[i + 1])) {
                    int group = Character.digit(with[++i], 10);
                    int start = matcher.start(group);
                    if (start >= 0) out.write(range, start, matcher.end(group) - start);
                    continue;
                }
                if (with[i] == '\\' && more) i++;
                out.writeBytes(Character.toString(with[i]).getBytes(StandardCharsets.UTF_8));
            }
            return out.toByteArray();
        }
    }

    /**
     * A text that every match of an expression holds, as far as its letters alone tell; empty when they do not: with
     * alternatives at the top, flags or quoting.
     */
    static String required(String regex) {
        if (regex.contains("(?") || regex.contains("\\Q")) return "";
        String longest = "";
        var run = new StringBuilder();
        int depth = 0;
        for (int i = 0; i <= regex.length(); i++) {
            char c = i < regex.length() ? regex.charAt(i) : '^';
            boolean literal = c == '\\'
                    ? i + 1 < regex.length() && !Character.isLetterOrDigit(regex.charAt(i + 1))
                    : "^$.|?*+()[]{}".indexOf(c) < 0;
            if (c == '\\') {
                c = i + 1 < regex.length() ? regex.charAt(++i) : c;
                if (!literal && "dDwWsSbBAz".indexOf(c) < 0) return ""; // \x2D, \pN, \055 and their like
            }
            if (literal) {
                if (depth == 0) run.append(c);
                continue;
            }
            if (c == '|' && depth == 0) return "";
            boolean optional = c == '?' || c == '*' || c == '{';
            if (optional && !run.isEmpty()) run.setLength(run.length() - 1);
            if (run.length() > longest.length()) longest = run.toString();
            run.setLength(0);
            if (c == '(') depth++;
            if (c == ')') depth--;
            if (c == '[') i = classEnd(regex, i);
            if (c == '{') i = Math.max(i, regex.indexOf('}', i));
        }
        return longest;
    }

    /** Where the character class ends that begins at {@code from}: {@code [^]a-z\]]}, {@code [[:alpha:]]}. */
    private static int classEnd(String regex, int from) {
        int at = from + 1;
        if (at < regex.length() && regex.charAt(at) == '^') at++;
        if (at < regex.length() && regex.charAt(at) == ']') at++;
        while (at < regex.length() && regex.charAt(at) != ']') {
            if (regex.startsWith("[:", at)) at = Math.max(at, regex.indexOf(":]", at) + 1);
            at += regex.charAt(at) == '\\' ? 2 : 1;
        }
        return at;
    }
}
