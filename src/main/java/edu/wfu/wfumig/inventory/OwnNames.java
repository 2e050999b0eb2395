package edu.wfu.wfumig.inventory;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which names of a schema are an application's own, and how they read wherever it is installed.
 *
 * <ol>
 *   <li>A name is its own that begins with the prefix and goes on behind it. An empty prefix means all names.
 *   <li>Where the prefix has a table {@code blogs}, it is the main site's prefix of a WordPress network: {@code wp_43_…} begins
 *       with it too and belongs to site 43, or to one that was deleted.
 *   <li>What wfumig keeps for itself is nobody's own.
 *   <li>The prefix reads {@value #PREFIX}, and the name of the schema is left out.
 * </ol>
 */
public final class OwnNames {
    /** What stands for the prefix. */
    public static final String PREFIX = "{prefix}";

    private static final String OURS = "wfumig_";
    private static final Pattern NUMBERED = Pattern.compile("[1-9][0-9]{0,17}_.+", Pattern.DOTALL);

    private final String prefix;
    private final boolean network;
    private final Pattern qualifier;
    private final Pattern within;

    private OwnNames(String schema, String prefix, boolean network) {
        this.prefix = prefix;
        this.network = network;
        String quoted = Pattern.quote(schema);
        String inQuotes = Pattern.quote("`" + schema.replace("`", "``") + "`") + "|"
                + Pattern.quote("\"" + schema.replace("\"", "\"\"") + "\"");
        qualifier = Pattern.compile("(?<![\\w$.`\"])(?:" + quoted + "|" + inQuotes + ")\\.");
        // What stands behind a point is a column. A prefix such as "app" is one only where a name goes on.
        String goesOn = prefix.endsWith("_") ? "" : "(?=\\w)";
        within = Pattern.compile("(?<![\\w$.]|\\.[`\"])" + Pattern.quote(prefix) + goesOn);
    }

    /**
     * @param tables the names of all tables of the schema that begin with the prefix
     */
    public static OwnNames of(String schema, String prefix, Collection<String> tables) {
        return new OwnNames(schema, prefix, !prefix.isEmpty() && tables.contains(prefix + "blogs"));
    }

    public boolean has(String name) {
        if (!name.startsWith(prefix) || name.length() == prefix.length() || name.startsWith(OURS)) return false;
        return !network || !NUMBERED.matcher(name.substring(prefix.length())).matches();
    }

    /** A name of a table, an index, a constraint: the prefix may stand at its beginning, or behind a word and a line. */
    public String name(String name) {
        if (prefix.isEmpty()) return name;
        if (name.startsWith(prefix)) return PREFIX + name.substring(prefix.length());
        int at = name.indexOf("_" + prefix);
        return at < 0 ? name : name.substring(0, at + 1) + PREFIX + name.substring(at + 1 + prefix.length());
    }

    /** A text that holds names: an expression, the query of a view, the body of a trigger. */
    public String text(String sql) {
        String unqualified = qualifier.matcher(sql).replaceAll("");
        return prefix.isEmpty()
                ? unqualified
                : within.matcher(unqualified).replaceAll(Matcher.quoteReplacement(PREFIX));
    }
}
