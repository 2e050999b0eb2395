package edu.wfu.wfumig.wordpress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The spellings in which WordPress stores one and the same address in text. A rule applies to each, and what takes
 * its place is spelled the same way.
 *
 * <table>
 *   <caption>http://dev.wfu.test as it is stored</caption>
 *   <tr><td>plain</td><td>{@code http://dev.wfu.test}</td></tr>
 *   <tr><td>JSON, one to three levels deep</td><td>{@code http:\/\/dev.wfu.test}, {@code http:\\\/\\\/…}</td></tr>
 *   <tr><td>URL-encoded</td><td>{@code http%3A%2F%2Fdev.wfu.test}, {@code http%3a%2f%2f…}, {@code http%253A%252F…}</td></tr>
 * </table>
 */
final class Forms {
    private static final List<UnaryOperator<String>> SPELLINGS = List.of(
            text -> text,
            text -> text.replace("/", "\\/"),
            text -> text.replace("/", "\\\\\\/"),
            text -> text.replace("/", "\\\\\\\\\\\\\\/"),
            text -> text.replace(":", "%3A").replace("/", "%2F"),
            text -> text.replace(":", "%3a").replace("/", "%2f"),
            text -> text.replace(":", "%253A").replace("/", "%252F"));

    private Forms() {}

    /** All spellings of a rule, without repetition. */
    static List<Rule> of(Rule rule) {
        var byFind = new LinkedHashMap<String, Rule>();
        for (var spelling : SPELLINGS) {
            var spelled = new Rule(spelling.apply(rule.find()), spelling.apply(rule.with()));
            byFind.putIfAbsent(spelled.find(), spelled);
        }
        return new ArrayList<>(byFind.values());
    }

    /**
     * The longest part of {@code find} that is spelled alike in every form and in a dump's string literals: a text
     * without it cannot hold the rule's needle. For URLs that is the host.
     */
    static String fragment(String find) {
        String longest = "";
        for (String part : find.split("[/:%\\\\'\"\\x00-\\x1f]+")) {
            if (part.length() > longest.length()) longest = part;
        }
        return longest;
    }
}
