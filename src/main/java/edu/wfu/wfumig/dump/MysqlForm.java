package edu.wfu.wfumig.dump;

import edu.wfu.wfumig.dump.Manifest.ColumnPart;
import edu.wfu.wfumig.dump.Manifest.Definition;
import edu.wfu.wfumig.dump.Manifest.TablePart;
import java.util.List;
import java.util.stream.Collectors;

/** The dump of a MySQL or MariaDB server: byte transparency, checks off, a chunk is an INSERT statement. */
record MysqlForm(boolean mariadb) implements DumpForm {
    @Override
    public RowFormat rows(List<ColumnPart> columns) {
        return new MysqlRows(columns, mariadb);
    }

    @Override
    public String preamble(String scope, String schema, String server) {
        return """
                -- wfumig dump of %s from schema %s, %s
                SET time_zone = '+00:00', sql_mode = 'NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES';
                SET foreign_key_checks = 0, unique_checks = 0;
                """.formatted(scope, schema, server);
    }

    @Override
    public String needs(List<String> creates) {
        return "";
    }

    @Override
    public String table(TablePart table) {
        return "SET NAMES utf8mb4;\nDROP TABLE IF EXISTS " + quote(table.name()) + ";\n" + table.create()
                + ";\nSET NAMES binary;\n";
    }

    @Override
    public String head(TablePart table) {
        String names =
                table.columns().stream().map(column -> quote(column.name())).collect(Collectors.joining(","));
        return "INSERT INTO " + quote(table.name()) + " (" + names + ") VALUES\n";
    }

    @Override
    public void end(RowBuffer chunk) {
        chunk.truncate(chunk.size() - 1);
        chunk.setLast(';');
        chunk.write('\n');
    }

    @Override
    public boolean waits(String statement) {
        return false;
    }

    @Override
    public boolean besides(String statement) {
        return false;
    }

    @Override
    public String end(List<TablePart> tables, List<Definition> views, List<Definition> triggers) {
        var text = new StringBuilder("SET NAMES utf8mb4;\n");
        for (var view : views) text.append(view.create()).append(";\n");
        if (!triggers.isEmpty()) text.append("DELIMITER ;;\n");
        for (var trigger : triggers) {
            text.append("SET sql_mode = '").append(trigger.sqlMode()).append("';;\n");
            text.append(trigger.create()).append(";;\n");
        }
        if (!triggers.isEmpty()) text.append("DELIMITER ;\n");
        return text.toString();
    }

    private static String quote(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
