package edu.wfu.wfumig.wordpress;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Rewrites addresses in one value, as bytes of UTF-8.
 *
 * <ol>
 *   <li>A value that holds no rule's {@link Forms#fragment fragment} is returned as it is: the same array.
 *   <li>A value that PHP can unserialize, blanks around it aside, is taken apart: each string in it is a value of its
 *       own and starts at step 1; then its length is corrected.
 *   <li>A value that is a JSON document: each string literal is decoded, is a value of its own, and its edits are
 *       carried back into the raw text.
 *   <li>All else is plain text: from left to right, at each place the longest needle that stands at a
 *       {@link Boundary boundary} is replaced; what was put in is never looked at again.
 * </ol>
 *
 * Steps 2 and 3 nest to any depth and in any order. Applying a rewriter twice equals applying it once, unless one rule
 * puts in what another looks for. Instances are immutable and may be shared between threads.
 */
public final class Rewriter {
    private final Needles needles;
    private final Fragments fragments;

    /** How far before a fragment a needle that holds it may begin. */
    private final int lead;

    private final byte[][] with;
    private final boolean[] path;
    private final boolean[] url;

    public Rewriter(List<Rule> rules) {
        var found = new ArrayList<byte[]>();
        var put = new ArrayList<byte[]>();
        var parts = new LinkedHashSet<String>();
        var shapes = new ArrayList<Rule>();
        int mostLead = 0;
        for (var rule : protectedRules(rules)) {
            String fragment = Forms.fragment(rule.find());
            if (fragment.isEmpty()) throw new IllegalArgumentException("nothing to look for in '" + rule.find() + "'");
            parts.add(fragment);
            for (var form : Forms.of(rule)) {
                mostLead = Math.max(mostLead, leadOf(form.find(), fragment));
                found.add(form.find().getBytes(StandardCharsets.UTF_8));
                put.add(form.with().getBytes(StandardCharsets.UTF_8));
                shapes.add(rule);
            }
        }
        lead = mostLead;
        needles = new Needles(found);
        with = put.toArray(byte[][]::new);
        path = new boolean[shapes.size()];
        url = new boolean[shapes.size()];
        for (int i = 0; i < path.length; i++) {
            String find = shapes.get(i).find();
            url[i] = find.contains("://");
            path[i] = find.replaceFirst("^[a-z]+://", "").indexOf('/') >= 0;
        }
        fragments = new Fragments(parts.stream()
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    /** Where the last of a needle's fragments begins, in bytes. */
    private static int leadOf(String needle, String fragment) {
        return needle.substring(0, needle.lastIndexOf(fragment)).getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * The rules, and for each that puts in what it looks for ({@code wfu.test} to {@code dev.wfu.test}) one that leaves
     * the longer text alone, so that applying a rewriter twice equals applying it once.
     */
    private static List<Rule> protectedRules(List<Rule> rules) {
        var all = new ArrayList<>(rules);
        for (var rule : rules) {
            boolean known = rules.stream().anyMatch(other -> other.find().equals(rule.with()));
            if (rule.with().contains(rule.find()) && !known) all.add(new Rule(rule.with(), rule.with()));
        }
        return all;
    }

    /** The value with all rules applied; the same array when nothing changes. */
    public byte[] rewrite(byte[] value) {
        if (candidate(value, 0, value.length) < 0) return value;
        var edits = new Edits();
        edit(value, 0, value.length, edits);
        return edits.isEmpty() ? value : edits.applyTo(value);
    }

    /**
     * A value of MySQL's own JSON type with all rules applied to its strings, but not to the names of members: the server
     * keeps members in an order of its own, by length, so a longer name would come back in another place.
     */
    public byte[] rewriteJson(byte[] value) {
        if (candidate(value, 0, value.length) < 0) return value;
        var edits = new Edits();
        json(value, 0, value.length, false, edits);
        return edits.isEmpty() ? value : edits.applyTo(value);
    }

    /** The first place in {@code [from, to)} that a rule might concern, or -1. Works on dump bytes as well. */
    public int candidate(byte[] text, int from, int to) {
        return fragments.find(text, from, to);
    }

    void edit(byte[] text, int from, int to, Edits edits) {
        if (candidate(text, from, to) < 0) return;
        int start = from;
        int end = to;
        while (start < end && blank(text[start])) start++;
        while (end > start && blank(text[end - 1])) end--;
        if (PhpSerialized.looksLike(text, start, end) && PhpSerialized.valid(text, start, end)) {
            serialized(text, start, end, edits);
        } else if (!JsonStrings.looksLike(text, start, end) || !json(text, start, end, true, edits)) {
            plain(text, from, to, edits);
        }
    }

    private void serialized(byte[] text, int from, int to, Edits edits) {
        PhpSerialized.visit(text, from, to, (lengthFrom, lengthTo, start, end) -> {
            int place = edits.reserve();
            int before = edits.growth();
            edit(text, start, end, edits);
            if (edits.unusedSince(place)) return;
            String length = Integer.toString(end - start + edits.growth() - before);
            edits.fill(place, lengthFrom, lengthTo, length.getBytes(StandardCharsets.US_ASCII));
        });
    }

    private boolean json(byte[] text, int from, int to, boolean keys, Edits edits) {
        var literals = new ArrayList<int[]>();
        boolean valid = JsonStrings.visit(text, from, to, (start, end, key) -> {
            if ((keys || !key) && candidate(text, start, end) >= 0) literals.add(new int[] {start, end});
        });
        if (!valid) return false;
        var all = new ArrayList<JsonLiteral>();
        for (int[] range : literals) {
            var literal = JsonLiteral.decode(text, range[0], range[1]);
            if (literal == null) return false;
            all.add(literal);
        }
        for (var literal : all) {
            var inner = new Edits();
            edit(literal.decoded(), 0, literal.length(), inner);
            literal.translate(inner, edits);
        }
        return true;
    }

    private void plain(byte[] text, int from, int to, Edits edits) {
        int at = from;
        int matchedTo = -1;
        int fragment = -1;
        while (at < to) {
            // A needle holds a fragment: what lies further before the next one than a needle may begin is passed over.
            if (at > fragment) {
                fragment = fragments.find(text, at, to);
                if (fragment < 0) return;
                at = Math.max(at, fragment - lead);
            }
            if (!needles.startsAt(text[at]) || at != matchedTo && !Boundary.before(text, from, at)) {
                at++;
                continue;
            }
            int[] best = {-1, at};
            int start = at;
            needles.at(text, at, to, (id, end) -> {
                boolean ends = path[id]
                        ? Boundary.afterPath(text, end, to)
                        : Boundary.after(text, from, start, end, to, url[id]) || needles.anyAt(text, end, to);
                if (ends) {
                    best[0] = id;
                    best[1] = end;
                }
            });
            if (best[0] < 0) {
                at++;
                continue;
            }
            byte[] replacement = with[best[0]];
            if (!Arrays.equals(text, at, best[1], replacement, 0, replacement.length))
                edits.add(at, best[1], replacement);
            at = best[1];
            matchedTo = at;
        }
    }

    /** What PHP's trim() takes away, as WordPress does before it looks for serialization. */
    private static boolean blank(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r' || b == 0 || b == 0x0B;
    }
}
