package edu.wfu.wfumig;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong, told to a person.
 *
 * @param at where it was found, when it is a place in a file
 * @param found what was found
 * @param expected what was expected instead
 * @param safe what is still safe, empty when nothing was at stake
 * @param next the command or the change to make next
 */
public record Problem(@Nullable Location at, String found, String expected, String safe, String next) {
    public static Problem at(Location at, String found, String expected) {
        return new Problem(at, found, expected, "", "");
    }

    public static Problem of(String found, String expected, String safe, String next) {
        return new Problem(null, found, expected, safe, next);
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        if (at != null) text.append(at).append(": ");
        text.append(found);
        if (!expected.isEmpty()) text.append("\n  expected: ").append(expected);
        if (!safe.isEmpty()) text.append("\n  safe:     ").append(safe);
        if (!next.isEmpty()) text.append("\n  next:     ").append(next);
        return text.toString();
    }
}
