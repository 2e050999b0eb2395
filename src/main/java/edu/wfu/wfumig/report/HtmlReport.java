package edu.wfu.wfumig.report;

import edu.wfu.wfumig.Quantity;

/** A run report as one HTML file that needs nothing else. */
public final class HtmlReport {
    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <title>%s</title>
            <style>
              body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; color: #222 }
              table { border-collapse: collapse; width: 100%% }
              th, td { padding: .3rem .6rem; text-align: left; border-bottom: 1px solid #ddd }
              td.n { text-align: right; font-variant-numeric: tabular-nums }
              tr.bad td { background: #fdecea }
            </style>
            <h1>%s</h1>
            <p>%s &rarr; %s, %s</p>
            <table>
            <tr><th>scope<th>state<th>tables<th>rows<th>rewritten<th>dump<th>took<th>note
            """;

    private HtmlReport() {}

    public static String of(RunReport report) {
        var graph = report.graph();
        String run = escape(report.state().id());
        var out = new StringBuilder(HEAD.formatted(
                run,
                run,
                escape(graph.source().environment()),
                escape(graph.target().environment()),
                escape(report.state()
                        .outcome()
                        .name()
                        .toLowerCase(java.util.Locale.ROOT)
                        .replace('_', ' '))));
        for (var line : report.lines()) {
            out.append(line.state().equals("done") ? "<tr>" : "<tr class=\"bad\">")
                    .append("<td>")
                    .append(escape(line.scope()))
                    .append("<td>")
                    .append(escape(line.state()))
                    .append("<td class=\"n\">")
                    .append(Quantity.count(line.tables()))
                    .append("<td class=\"n\">")
                    .append(Quantity.count(line.rows()))
                    .append("<td class=\"n\">")
                    .append(Quantity.count(line.changedRows()))
                    .append("<td class=\"n\">")
                    .append(Quantity.bytes(line.bytes()))
                    .append("<td class=\"n\">")
                    .append(Quantity.time(line.took()))
                    .append("<td>")
                    .append(escape(line.note()))
                    .append('\n');
        }
        out.append("</table>\n");
        report.next()
                .forEach(next -> out.append("<p><code>").append(escape(next)).append("</code></p>\n"));
        return out.append("</html>").toString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
