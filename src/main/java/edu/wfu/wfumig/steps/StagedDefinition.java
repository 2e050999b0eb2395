package edu.wfu.wfumig.steps;

import static edu.wfu.wfumig.steps.SqlText.name;
import static edu.wfu.wfumig.steps.SqlText.outsideQuotes;
import static edu.wfu.wfumig.steps.SqlText.unname;

import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Graph.Mapping;
import edu.wfu.wfumig.graph.Graph.Place;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.graph.TableNames;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the definition of a staged table from the source's.
 *
 * <ol>
 *   <li>The table gets its staged name.
 *   <li>A foreign key to a table of the same scope points at the staged one; any other at the target's.
 *   <li>Where staged, kept and live tables share a schema, named constraints get a name of their own.
 *   <li>What the target lacks is mapped as the preview said; options that only one product knows are left out.
 * </ol>
 */
final class StagedDefinition {
    private static final String NAME = "(`(?:[^`]|``)*`)";
    private static final Pattern CREATE = Pattern.compile("CREATE TABLE " + NAME);
    private static final Pattern REFERENCES = Pattern.compile("REFERENCES (?:" + NAME + "\\.)?" + NAME);
    private static final Pattern CONSTRAINT = Pattern.compile("CONSTRAINT " + NAME + " (?=FOREIGN KEY|CHECK)");

    private static final Pattern OF_TABLE = Pattern.compile("\n\\)[^\n]* COLLATE=(\\w+)");

    private final Graph graph;
    private final Set<String> scopeTables;
    private final UnaryOperator<String> naming;
    private final UnaryOperator<String> constraints;
    private final boolean foreign;

    StagedDefinition(Graph graph, Scope scope, Place place, String run) {
        this(
                graph,
                scope,
                table -> TableNames.staged(place, table),
                place.own() && graph.kept().own() ? name -> name : name -> own(name, run),
                true);
    }

    private StagedDefinition(
            Graph graph,
            Scope scope,
            UnaryOperator<String> naming,
            UnaryOperator<String> constraints,
            boolean foreign) {
        this.graph = graph;
        this.scopeTables = Set.copyOf(scope.tableNames());
        this.naming = naming;
        this.constraints = constraints;
        this.foreign = foreign;
    }

    /** For tables of the target itself: nothing is mapped, and constraints keep their names. */
    static StagedDefinition asItWas(Graph graph, Scope scope, UnaryOperator<String> naming) {
        return new StagedDefinition(graph, scope, naming, name -> name, false);
    }

    String of(String table, String create) {
        String sql = CREATE.matcher(create).replaceFirst(found -> quoted("CREATE TABLE " + name(naming.apply(table))));
        sql = REFERENCES.matcher(sql).replaceAll(found -> quoted("REFERENCES " + parent(unname(found.group(2)))));
        sql = CONSTRAINT
                .matcher(sql)
                .replaceAll(found -> quoted("CONSTRAINT " + name(constraints.apply(unname(found.group(1)))) + " "));
        return foreign ? adapt(sql) : inherited(sql);
    }

    /**
     * MySQL writes the collation of a column that has it from its table, and when it reads that, takes it for the column's
     * own and writes the charset as well. Left out, the definition comes out letter by letter as it was.
     */
    private String inherited(String sql) {
        var ofTable = OF_TABLE.matcher(sql);
        if (graph.target().mariadb() || !ofTable.find()) return sql;
        var ofColumn = Pattern.compile("(?<! CHARACTER SET \\w{1,64}) COLLATE " + ofTable.group(1) + "\\b");
        return outsideQuotes(sql, words -> ofColumn.matcher(words).replaceAll(""));
    }

    /** Maps the words of any definition, also of a view or trigger. */
    String adapt(String sql) {
        return outsideQuotes(sql, words -> {
            String adapted = words;
            for (Mapping mapping : graph.mappings()) {
                adapted = adapted.replaceAll(
                        "(?i)(?<![A-Za-z0-9_])" + Pattern.quote(mapping.from()) + "(?![A-Za-z0-9_])",
                        Matcher.quoteReplacement(mapping.to()));
            }
            if (graph.source().mariadb() && !graph.target().mariadb()) {
                for (String option :
                        List.of(" PAGE_CHECKSUM=\\d", " TRANSACTIONAL=\\d", " WITHOUT SYSTEM VERSIONING")) {
                    adapted = adapted.replaceAll(option, "");
                }
            }
            if (!graph.source().mariadb() && graph.target().mariadb()) {
                adapted = adapted.replaceAll("/\\*!8\\d{4} [^*]*\\*/", "");
            }
            return adapted;
        });
    }

    private String parent(String table) {
        return scopeTables.contains(table)
                ? name(naming.apply(table))
                : name(graph.target().schema()) + "." + name(table);
    }

    private static String own(String constraint, String run) {
        // One that an earlier run gave is given anew, so that names do not grow from run to run.
        String plain = constraint.replaceFirst("_wf[0-9a-f]{8}$", "");
        String ending = "_wf" + TableNames.brief(run);
        return plain.substring(0, Math.min(plain.length(), 64 - ending.length())) + ending;
    }

    private static String quoted(String replacement) {
        return Matcher.quoteReplacement(replacement);
    }
}
