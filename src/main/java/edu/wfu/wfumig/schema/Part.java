package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The part of a schema that an application has for itself: what begins with a prefix. Several applications may share a prefix;
 * each has a history of its own.
 *
 * @param prefix as in {@code wp_43_}; empty for the schema as a whole
 * @param application the name of its folder of migrations
 */
public record Part(String schema, String prefix, String application, boolean postgres) {
    private static final int LONGEST_NAME = 64;
    private static final String PREFIX = "{prefix}";
    private static final String CHARSET = "{charset_collate}";

    /** As WordPress gives it to its own tables. Source: wpdb::get_charset_collate and wpdb::determine_charset of WordPress. */
    private static final String UTF8 = "DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci";

    public Part {
        if (!prefix.matches("[A-Za-z0-9_]{0,40}")) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    Problem.of(
                            "'" + prefix + "' cannot be a prefix",
                            "letters, digits and underscores, as in wp_43_",
                            "nothing was written",
                            ""));
        }
    }

    /** What an application is called in histories: as its folder. */
    public static String application(Path folder) {
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        return name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    /** A text with the placeholders filled in. */
    String fill(String text) {
        return text.replace(PREFIX, prefix).replace(CHARSET, postgres ? "" : UTF8);
    }

    /** A name as the server has it. */
    public String live(String name) {
        return name.replace(PREFIX, prefix);
    }

    /** A table of wfumig's own. On PostgreSQL a name alone would mean what the search path of the connection says. */
    String own(String table) {
        return postgres ? '"' + schema.replace("\"", "\"\"") + "\"." + table : table;
    }

    /** Whether a script names something, in whatever case. */
    boolean mentions(String text, String name) {
        String plain = live(name).replaceFirst("\\(.*", "").replace("\"", "");
        String code = SqlCode.of(fill(text), postgres);
        return Script.mentions(code.toLowerCase(Locale.ROOT), plain.toLowerCase(Locale.ROOT));
    }

    /** The same part of another schema. */
    public Part in(String other) {
        return new Part(other, prefix, application, postgres);
    }

    @Override
    public String toString() {
        return application + " in " + schema + (prefix.isEmpty() ? "" : " (" + prefix + ")");
    }
}
