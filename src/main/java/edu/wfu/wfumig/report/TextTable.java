package edu.wfu.wfumig.report;

import java.util.List;

/** Rows of cells as aligned text or as Markdown; the first row is the head. Numbers go to the right. */
final class TextTable {
    private TextTable() {}

    static String of(List<List<String>> rows, String indent) {
        int[] widths = new int[rows.get(0).size()];
        for (var row : rows) {
            for (int i = 0; i < widths.length; i++)
                widths[i] = Math.max(widths[i], row.get(i).length());
        }
        var out = new StringBuilder();
        for (var row : rows) {
            var line = new StringBuilder(indent);
            for (int i = 0; i < widths.length; i++) {
                String cell = row.get(i);
                String space = " ".repeat(widths[i] - cell.length());
                line.append(right(rows, i) ? space + cell : cell + space).append("  ");
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    static String markdown(List<List<String>> rows) {
        var out = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            out.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
            if (i == 0)
                out.append("|").append(" --- |".repeat(rows.get(0).size())).append('\n');
        }
        return out.toString();
    }

    private static boolean right(List<List<String>> rows, int column) {
        return rows.size() > 1
                && !rows.get(1).get(column).isEmpty()
                && Character.isDigit(rows.get(1).get(column).charAt(0));
    }
}
