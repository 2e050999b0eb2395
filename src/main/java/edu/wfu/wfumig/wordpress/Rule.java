package edu.wfu.wfumig.wordpress;

/**
 * One text to find and what takes its place: a host ({@code dev.wfu.test}), a host with a path, a URL with a scheme,
 * any other text; or a regular expression.
 *
 * @param find a text without a closing slash, or an expression in the syntax of RE2
 * @param with what takes its place; for an expression {@code $1} stands for its first group
 * @param regex whether {@code find} is an expression
 */
public record Rule(String find, String with, boolean regex) {
    public Rule(String find, String with) {
        this(find, with, false);
    }

    @Override
    public String toString() {
        return (regex ? "regex " : "") + find + " -> " + with;
    }
}
