package edu.wfu.wfumig.dump;

import edu.wfu.wfumig.dump.Manifest.ColumnPart;
import edu.wfu.wfumig.dump.Manifest.Definition;
import edu.wfu.wfumig.dump.Manifest.TablePart;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The dump of a PostgreSQL database, for {@code psql}: a chunk is a COPY block. Names stand without their schema, so that one
 * line of the preamble says where all of it goes.
 *
 * <ol>
 *   <li>Tables begin with their columns alone.
 *   <li>Behind all rows each table is completed: indexes, keys, the positions of its sequences.
 *   <li>Then come foreign keys, which need the rows and keys of both tables; then triggers and views.
 * </ol>
 */
record PostgresForm() implements DumpForm {
    private static final String NAME = "(?:\"(?:[^\"]|\"\")*\"|[^\\s\".]+)";
    private static final Pattern FOREIGN_KEY = Pattern.compile(
            "ALTER TABLE (?:ONLY )?(?:" + NAME + "\\.)?" + NAME + "\\s+ADD (?:CONSTRAINT " + NAME + " )?FOREIGN KEY ");

    private static final Pattern INDEX = Pattern.compile("CREATE (?:UNIQUE )?INDEX ");

    @Override
    public RowFormat rows(List<ColumnPart> columns) {
        return new CopyRows();
    }

    @Override
    public String preamble(String scope, String schema, String server) {
        return """
                -- wfumig dump of %s from schema %s, %s
                \\set ON_ERROR_STOP on
                SET client_encoding = 'UTF8';
                SET standard_conforming_strings = on;
                SET datestyle = 'ISO, MDY';
                SET intervalstyle = 'iso_8601';
                SET timezone = 'UTC';
                SET xmloption = content;
                SET check_function_bodies = off;
                SET row_security = off;
                SET statement_timeout = 0;
                SET lock_timeout = 0;
                SET client_min_messages = warning;
                SET search_path = %s;

                """.formatted(scope, oneLine(schema), server, name(schema));
    }

    /** A newline would end the comment. */
    private static String oneLine(String text) {
        return text.replaceAll("\\R", " ");
    }

    @Override
    public String needs(List<String> creates) {
        return creates.stream()
                .map(create -> "DO $wfumig$ BEGIN\n" + create
                        + ";\nEXCEPTION WHEN duplicate_object OR duplicate_table THEN NULL; END $wfumig$;\n")
                .collect(Collectors.joining());
    }

    @Override
    public String table(TablePart table) {
        return "DROP TABLE IF EXISTS " + name(table.name()) + " CASCADE;\n" + table.create() + ";\n\n";
    }

    @Override
    public String head(TablePart table) {
        String names =
                table.columns().stream().map(column -> name(column.name())).collect(Collectors.joining(","));
        return "COPY " + name(table.name()) + (names.isEmpty() ? "" : " (" + names + ")") + " FROM stdin;\n";
    }

    @Override
    public void end(RowBuffer chunk) {
        chunk.write(CopyRows.END);
    }

    @Override
    public boolean waits(String statement) {
        return FOREIGN_KEY.matcher(statement).lookingAt();
    }

    @Override
    public boolean besides(String statement) {
        return INDEX.matcher(statement).lookingAt();
    }

    @Override
    public String end(List<TablePart> tables, List<Definition> views, List<Definition> triggers) {
        var statements = new ArrayList<String>();
        var waiting = new ArrayList<String>();
        for (var table : tables) {
            for (String statement : table.after()) (waits(statement) ? waiting : statements).add(statement);
        }
        statements.addAll(waiting);
        triggers.forEach(trigger -> statements.add(trigger.create()));
        views.forEach(view -> statements.add(view.create()));
        return statements.stream().map(statement -> statement + ";\n").collect(Collectors.joining());
    }

    private static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
