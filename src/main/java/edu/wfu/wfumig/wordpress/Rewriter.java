package edu.wfu.wfumig.wordpress;

import edu.wfu.wfumig.wordpress.PhpSerialized.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Rewrites addresses in one value, as bytes of UTF-8.
 *
 * <ol>
 *   <li>A value that holds no rule's {@link Needle#fragment fragment} is returned as it is: the same array.
 *   <li>A value that is a JSON document: each string literal is decoded, is a value of its own and starts at step 1; its
 *       edits are carried back into the raw text.
 *   <li>A value that PHP can unserialize, blanks around it aside, is taken apart: each string in it is a value of its own
 *       and starts at step 1; then its length is corrected. What PHP would not read behind it is plain text, and so is what
 *       stands before it when it is the last line (as podcast plugins store their enclosures).
 *   <li>All else is plain text: from left to right, at each place the longest needle that stands at a
 *       {@link Boundary boundary} is replaced, or what an expression matches, whichever begins first; what was put in is
 *       never looked at again.
 * </ol>
 *
 * Steps 2 and 3 nest in any order, {@link #MAX_LEVEL} deep. Every step is a walk over its range, so the work is linear in
 * the size of a value and in how deep strings are nested in strings; nested arrays and objects cost nothing more.
 *
 * <p>Applying a rewriter twice equals applying it once, unless one rule puts in what another looks for, or an expression
 * what it matches. Instances are immutable and may be shared between threads, but for what they {@link #tallying tally}.
 */
public final class Rewriter {
    /** Strings nested deeper than this stay as they are. */
    static final int MAX_LEVEL = 250;

    private final Occurrences.Search search;
    private final Patterns patterns;

    /** Whether a value may hold a match without holding a fragment. */
    private final boolean hidden;

    private final Tally tally;

    public Rewriter(List<Rule> rules) {
        var needles = new ArrayList<Needle>();
        for (int i = 0; i < rules.size(); i++) {
            if (!rules.get(i).regex()) needles.addAll(Spellings.of(i, rules.get(i)));
        }
        for (var needle : List.copyOf(needles)) if (needle.findsItself()) needles.add(needle.keep());
        patterns = new Patterns(rules);

        var fragments = new LinkedHashMap<String, byte[]>();
        byte[] fragment = {};
        boolean hides = false;
        int lead = 0;
        for (var needle : needles) {
            // The spellings of a host share its name: one fragment for all of them.
            if (fragment.length == 0 || needle.lastOf(fragment) < 0) fragment = needle.fragment();
            lead = Math.max(lead, needle.lastOf(fragment));
            hides |= fragment.length == 0;
            fragments.put(new String(fragment, StandardCharsets.ISO_8859_1), fragment);
        }
        boolean hidesNeedle = hides;
        for (var rule : rules) {
            if (!rule.regex()) continue;
            byte[] text = Patterns.required(rule.find()).getBytes(StandardCharsets.UTF_8);
            fragment = new Needle(Needle.KEEP, text, new byte[text.length], text, false).fragment();
            hides |= fragment.length == 0;
            fragments.put(new String(fragment, StandardCharsets.ISO_8859_1), fragment);
        }
        hidden = hides;
        fragments.remove("");
        search = new Occurrences.Search(
                needles.toArray(Needle[]::new),
                new Needles(needles.stream().map(Needle::find).toList()),
                new Fragments(List.copyOf(fragments.values())),
                lead,
                !hidesNeedle);
        tally = new Tally(rules.size());
    }

    private Rewriter(Rewriter other, Tally tally) {
        search = other.search;
        patterns = other.patterns;
        hidden = other.hidden;
        this.tally = tally;
    }

    /** The same rules, but what they do is counted in {@code counts}: for one thread. */
    public Rewriter tallying(Tally counts) {
        return new Rewriter(this, counts);
    }

    /** The value with all rules applied; the same array when nothing changes. */
    public byte[] rewrite(byte[] value) {
        if (candidate(value, 0, value.length) < 0) return value;
        var edits = new Edits();
        edit(value, 0, value.length, 0, edits);
        return edits.isEmpty() ? value : edits.applyTo(value);
    }

    /**
     * A value of MySQL's own JSON type with all rules applied to its strings, but not to the names of members: the server
     * keeps members in an order of its own, by length, so a longer name would come back in another place.
     */
    public byte[] rewriteJson(byte[] value) {
        if (candidate(value, 0, value.length) < 0 || !JsonStrings.valid(value, 0, value.length)) return value;
        var edits = new Edits();
        json(value, 0, value.length, false, 0, edits);
        return edits.isEmpty() ? value : edits.applyTo(value);
    }

    /** The first place in {@code [from, to)} that a rule might concern, or -1. Works on dump bytes as well. */
    public int candidate(byte[] text, int from, int to) {
        if (hidden) return from < to ? from : -1;
        return search.fragments().find(text, from, to);
    }

    /** Adds what is to be replaced in {@code [from, to)}, a value by itself. */
    void edit(byte[] text, int from, int to, int level, Edits edits) {
        tally.scanned(to - from);
        if (candidate(text, from, to) < 0 || level > MAX_LEVEL) return;
        int start = from;
        int end = to;
        while (start < end && blank(text[start])) start++;
        while (end > start && blank(text[end - 1])) end--;
        if (JsonStrings.looksLike(text, start, end)) {
            tally.scanned(end - start);
            if (JsonStrings.valid(text, start, end)) {
                json(text, start, end, true, level, edits);
                return;
            }
        }
        int value = PhpSerialized.begins(text, start, end) ? start : lastLine(text, start, end);
        if (PhpSerialized.begins(text, value, end)) {
            tally.scanned(end - value);
            int valueEnd = PhpSerialized.end(text, value, end);
            if (value == start ? valueEnd > 0 : valueEnd == end) {
                plain(text, from, value, edits);
                serialized(text, value, valueEnd, level, edits);
                plain(text, valueEnd, to, edits);
                return;
            }
        }
        plain(text, from, to, edits);
    }

    private static int lastLine(byte[] text, int from, int to) {
        int start = to;
        while (start > from && text[start - 1] != '\n') start--;
        return start;
    }

    /** What a class wrote as it liked: a value like others, or, by PHP's own classes, several strung together. */
    private void record(byte[] text, int from, int to, int level, Edits edits) {
        tally.scanned(to - from);
        if (level > MAX_LEVEL) return;
        if (PhpSerialized.strung(text, from, to, (start, end) -> {})) {
            PhpSerialized.strung(text, from, to, (start, end) -> serialized(text, start, end, level, edits));
        } else {
            edit(text, from, to, level, edits);
        }
    }

    private void serialized(byte[] text, int from, int to, int level, Edits edits) {
        tally.scanned(to - from);
        PhpSerialized.visit(text, from, to, (kind, lengthFrom, lengthTo, start, end) -> {
            int place = edits.reserve();
            int before = edits.growth();
            int growth = 0;
            switch (kind) {
                case RECORD -> record(text, start, end, level + 1, edits);
                case ESCAPED ->
                    growth = unescaped(new Unescaped(text, start, end, new Escapes.Php()), level + 1, edits);
                case KEY -> key(text, start, end, level + 1, edits);
                case STRING -> edit(text, start, end, level + 1, edits);
            }
            if (edits.unusedSince(place)) return;
            long length = 0;
            for (int i = lengthFrom; i < lengthTo; i++) length = length * 10 + text[i] - '0';
            // An escaped string counts the bytes that it stands for.
            String corrected = Long.toString(length + (kind == Kind.ESCAPED ? growth : edits.growth() - before));
            edits.fill(place, lengthFrom, lengthTo, corrected.getBytes(StandardCharsets.US_ASCII));
        });
    }

    /** Of {@code \0Class\0name}, the name of a private or protected property, the class stays. */
    private void key(byte[] text, int from, int to, int level, Edits edits) {
        int name = from + 1;
        while (name < to && text[name] != 0) name++;
        if (from < to && text[from] == 0 && name < to) plain(text, name + 1, to, edits);
        else edit(text, from, to, level, edits);
    }

    /** Returns by how much the text without its escapes grows. */
    private int unescaped(Unescaped literal, int level, Edits edits) {
        tally.scanned(literal.length());
        var inner = new Edits();
        edit(literal.bytes(), 0, literal.length(), level, inner);
        literal.translate(inner, edits);
        return inner.growth();
    }

    private void json(byte[] text, int from, int to, boolean keys, int level, Edits edits) {
        tally.scanned(to - from);
        JsonStrings.visit(text, from, to, (start, end, key) -> {
            if (key && !keys || candidate(text, start, end) < 0) return;
            unescaped(new Unescaped(text, start, end, JsonStrings.ESCAPES), level + 1, edits);
        });
    }

    private void plain(byte[] text, int from, int to, Edits edits) {
        if (from >= to) return;
        tally.scanned(to - from);
        var occurrences = new Occurrences(search, text, from, to);
        var matches = patterns.in(text, from, to);
        Needle needle = occurrences.next(from);
        for (int at = from; ; ) {
            if (needle != null && occurrences.start() < at) needle = occurrences.next(at);
            var match = Patterns.Match.first(matches, at);
            boolean byNeedle = needle != null
                    && (match == null
                            || occurrences.start() < match.start()
                            || occurrences.start() == match.start() && occurrences.end() >= match.end());
            if (needle != null && byNeedle) {
                at = occurrences.end();
                if (needle.rule() != Needle.KEEP)
                    replace(text, occurrences.start(), at, needle.with(), needle.rule(), edits);
            } else if (match != null) {
                at = match.end();
                replace(text, match.start(), at, match.replacement(), match.rule(), edits);
            } else {
                return;
            }
        }
    }

    private void replace(byte[] text, int from, int to, byte[] with, int rule, Edits edits) {
        if (Arrays.equals(text, from, to, with, 0, with.length)) return;
        edits.add(from, to, with);
        tally.replaced(rule);
    }

    /** What PHP's trim() takes away, as WordPress does before it looks for serialization. */
    private static boolean blank(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r' || b == 0 || b == 0x0B;
    }
}
