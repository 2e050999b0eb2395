package edu.wfu.wfumig.database.mysql;

import static edu.wfu.wfumig.database.mysql.MysqlText.name;
import static edu.wfu.wfumig.database.mysql.MysqlText.outsideQuotes;
import static edu.wfu.wfumig.database.mysql.MysqlText.unname;

import edu.wfu.wfumig.database.Definitions;
import edu.wfu.wfumig.database.Placement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes the definition of a table for another place.
 *
 * <ol>
 *   <li>The table gets the name that it has there.
 *   <li>A foreign key to a table that is made with it points at that one; any other at the target's.
 *   <li>Where constraints would meet others of their name, they get a name of their own.
 *   <li>What the server lacks is mapped as the preview said; options that only one product knows are left out.
 * </ol>
 */
final class MysqlDefinitions implements Definitions {
    private static final String NAME = "(`(?:[^`]|``)*`)";
    private static final Pattern CREATE = Pattern.compile("CREATE TABLE " + NAME);
    private static final Pattern REFERENCES = Pattern.compile("REFERENCES (?:" + NAME + "\\.)?" + NAME);
    private static final Pattern CONSTRAINT = Pattern.compile("CONSTRAINT " + NAME + " (?=FOREIGN KEY|CHECK)");

    private static final Pattern OF_TABLE = Pattern.compile("\n\\)[^\n]* COLLATE=(\\w+)");

    private static final String MARIADB = "MariaDB";

    private final Placement place;
    private final boolean fromMariadb;
    private final boolean toMariadb;

    MysqlDefinitions(Placement place) {
        this.place = place;
        this.fromMariadb = place.from().product().equals(MARIADB);
        this.toMariadb = place.to().equals(MARIADB);
    }

    @Override
    public String table(String table, String create) {
        String sql = CREATE.matcher(create).replaceFirst(found -> quoted("CREATE TABLE " + name(place.named(table))));
        sql = REFERENCES.matcher(sql).replaceAll(found -> quoted("REFERENCES " + parent(unname(found.group(2)))));
        sql = CONSTRAINT
                .matcher(sql)
                .replaceAll(found -> quoted("CONSTRAINT " + name(constraint(unname(found.group(1)))) + " "));
        return place.from().own() ? inherited(sql) : adapt(sql);
    }

    @Override
    public @Nullable Halves halves(String table, String create) {
        return MysqlKeys.of(name(place.schema(), place.named(table)), create);
    }

    @Override
    public List<String> after(String table, List<String> after) {
        return after;
    }

    /**
     * MySQL writes the collation of a column that has it from its table, and when it reads that, takes it for the column's
     * own and writes the charset as well. Left out, the definition comes out letter by letter as it was.
     */
    private String inherited(String sql) {
        var ofTable = OF_TABLE.matcher(sql);
        if (toMariadb || !ofTable.find()) return sql;
        var ofColumn = Pattern.compile("(?<! CHARACTER SET \\w{1,64}) COLLATE " + ofTable.group(1) + "\\b");
        return outsideQuotes(sql, words -> ofColumn.matcher(words).replaceAll(""));
    }

    @Override
    public String adapt(String sql) {
        return outsideQuotes(sql, words -> {
            String adapted = words;
            for (var word : place.words().entrySet()) {
                adapted = adapted.replaceAll(
                        "(?i)(?<![A-Za-z0-9_])" + Pattern.quote(word.getKey()) + "(?![A-Za-z0-9_])",
                        Matcher.quoteReplacement(word.getValue()));
            }
            if (fromMariadb && !toMariadb) {
                for (String option :
                        List.of(" PAGE_CHECKSUM=\\d", " TRANSACTIONAL=\\d", " WITHOUT SYSTEM VERSIONING")) {
                    adapted = adapted.replaceAll(option, "");
                }
            }
            if (!fromMariadb && toMariadb) {
                adapted = adapted.replaceAll("/\\*!8\\d{4} [^*]*\\*/", "");
            }
            return adapted;
        });
    }

    private String parent(String table) {
        String moved = place.names().get(table);
        return moved == null ? name(place.others(), table) : name(moved);
    }

    private String constraint(String constraint) {
        if (place.ending().isEmpty()) return constraint;
        // One that an earlier run gave is given anew, so that names do not grow from run to run.
        String plain = constraint.replaceFirst("_wf[0-9a-f]{8}$", "");
        return plain.substring(0, Math.min(plain.length(), 64 - place.ending().length())) + place.ending();
    }

    private static String quoted(String replacement) {
        return Matcher.quoteReplacement(replacement);
    }
}
