package edu.wfu.wfumig.wordpress;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The spellings in which one and the same address stands in text. A rule is found in each, and what takes its place is
 * spelled the same way.
 *
 * <table>
 *   <caption>http://dev.wfu.test as it is stored</caption>
 *   <tr><td>plain</td><td>{@code http://dev.wfu.test}</td></tr>
 *   <tr><td>slashes escaped, one to three levels deep</td><td>{@code http:\/\/dev.wfu.test}, {@code http:\\\/\\\/…}</td></tr>
 *   <tr><td>URL-encoded</td><td>{@code http%3A%2F%2Fdev.wfu.test}, {@code http%3a%2f%2f…}, {@code http%253A%252F…}</td></tr>
 *   <tr><td>with entities</td><td>{@code ?a=1&amp;amp;b=2}, {@code ?a=1&amp;#038;b=2}</td></tr>
 *   <tr><td>host of other letters</td><td>itself, {@code xn--…}, {@code \u00fc}, {@code %C3%BC}</td></tr>
 * </table>
 *
 * Scheme and host are found in capitals as well (RFC 3986, 6.2.2.1), a path only as it is written.
 */
final class Spellings {
    /** A scheme or two slashes, a host with a dot (or localhost), a port, then what is told apart by its case. */
    private static final Pattern ADDRESS = Pattern.compile(
            "((?:[a-zA-Z][a-zA-Z0-9+.-]*:)?(?://)?)((?:[\\p{L}\\p{M}\\p{N}-]+\\.)+[\\p{L}\\p{M}\\p{N}-]+|localhost)((?::\\d+)?)((?:[/?#].*)?)",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private static final List<UnaryOperator<String>> ALL = List.of(
            text -> text,
            text -> text.replace("/", "\\/"),
            text -> text.replace("/", "\\\\\\/"),
            text -> text.replace("/", "\\\\\\\\\\\\\\/"),
            text -> escaped(text).replace("/", "\\/"),
            text -> escaped(text).replace("\\", "\\\\").replace("/", "\\\\\\/"),
            text -> percent(text, "%", false),
            text -> percent(text, "%", true),
            text -> percent(text, "%25", false),
            text -> text.replace("&", "&amp;"),
            text -> text.replace("&", "&#038;"));

    private Spellings() {}

    /** All needles of a rule, the plain one first. */
    static List<Needle> of(int number, Rule rule) {
        var needles = new LinkedHashMap<String, Needle>();
        hosts(rule).forEach((find, with) -> {
            for (var spelling : ALL) {
                String text = spelling.apply(find);
                needles.putIfAbsent(text, needle(number, spelling, find, bytes(spelling.apply(with))));
            }
        });
        return new ArrayList<>(needles.values());
    }

    /** The rule's address, and the same with its host in the other of Unicode and {@code xn--} where it has two. */
    private static Map<String, String> hosts(Rule rule) {
        var pairs = new LinkedHashMap<String, String>();
        pairs.put(rule.find(), rule.with());
        for (UnaryOperator<String> form : List.<UnaryOperator<String>>of(HostName::unicode, HostName::ascii)) {
            String other = inHost(rule.find(), form);
            if (!other.equals(rule.find())) pairs.putIfAbsent(other, inHost(rule.with(), form));
        }
        return pairs;
    }

    private static String inHost(String text, UnaryOperator<String> form) {
        Matcher parts = ADDRESS.matcher(text);
        if (!parts.matches()) return text;
        return parts.group(1) + form.apply(parts.group(2)) + parts.group(3) + parts.group(4);
    }

    private static Needle needle(int rule, UnaryOperator<String> spelling, String find, byte[] with) {
        Matcher parts = ADDRESS.matcher(find);
        if (!parts.matches()) {
            byte[] text = bytes(spelling.apply(find));
            boolean path = find.indexOf('/') >= 0;
            return new Needle(rule, text, new byte[text.length], with, path);
        }
        // Spelled in pieces, so that it is known which bytes are letters of a scheme or a host.
        byte[] scheme = bytes(spelling.apply(parts.group(1)));
        byte[] host = bytes(spelling.apply(parts.group(2)));
        byte[] text = bytes(spelling.apply(find));
        byte[] fold = new byte[text.length];
        int letters = parts.group(1).indexOf(':');
        markLetters(text, 0, Math.max(letters, 0), fold);
        markLetters(text, scheme.length, scheme.length + host.length, fold);
        boolean path = !parts.group(4).isEmpty();
        return new Needle(rule, text, fold, with, path);
    }

    /** Marks letters, but not those of an escape: {@code %C3}, {@code \u00fc}. */
    private static void markLetters(byte[] text, int from, int to, byte[] fold) {
        for (int i = from; i < to; i++) {
            if (text[i] == '%') {
                i += text[i + 1] == '2' && text[i + 2] == '5' ? 4 : 2;
            } else if (text[i] == '\\' && i + 1 < to && text[i + 1] == 'u') {
                i += 5;
            } else if (Needle.letter(text[i])) {
                fold[i] = Needle.CASE;
            }
        }
    }

    /** What JSON makes of letters beyond ASCII. */
    static String escaped(String text) {
        var out = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (c < 0x80) out.append(c);
            else out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        }
        return out.toString();
    }

    private static String percent(String text, String sign, boolean small) {
        var out = new StringBuilder();
        for (byte b : bytes(text)) {
            if (b >= 0 && ":/?#&=".indexOf(b) < 0) out.append((char) b);
            else out.append(sign).append(String.format(small ? "%02x" : "%02X", b & 0xff));
        }
        return out.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
