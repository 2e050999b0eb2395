package edu.wfu.wfumig.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.wfu.wfumig.Digest;
import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.plan.Archive;
import edu.wfu.wfumig.plan.Cutover;
import edu.wfu.wfumig.plan.Environment;
import edu.wfu.wfumig.plan.InTheClear;
import edu.wfu.wfumig.plan.Migrations;
import edu.wfu.wfumig.plan.Plan;
import edu.wfu.wfumig.plan.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a run would do, for a person to read before it. The same sections in text and Markdown; JSON has all of it. */
public record Preview(Plan plan, Graph graph, Estimate pace) {
    public Preview(Plan plan, Graph graph) {
        this(plan, graph, Estimate.GUESS);
    }

    /** Scopes shown one by one in text; the rest is counted. JSON always has all. */
    static final int SHOWN = 60;

    /** A part of the preview: a title, and lines or a table. */
    private record Section(String title, List<String> lines, List<List<String>> table) {}

    public String text() {
        return body() + "\nNothing was written. Digest " + brief() + "\n";
    }

    /** The preview without its closing line. */
    public String body() {
        var out = new StringBuilder(headline()).append('\n');
        for (var section : sections()) {
            out.append('\n').append(section.title()).append('\n');
            section.lines().forEach(line -> out.append("  ").append(line).append('\n'));
            if (!section.table().isEmpty()) out.append(TextTable.of(section.table(), "  "));
        }
        return out.toString();
    }

    public String markdown() {
        var out = new StringBuilder("## ").append(headline()).append('\n');
        for (var section : sections()) {
            out.append("\n### ").append(section.title()).append("\n\n");
            section.lines()
                    .forEach(line ->
                            out.append("- ").append(line.replace("|", "\\|")).append('\n'));
            if (!section.table().isEmpty()) out.append('\n').append(TextTable.markdown(section.table()));
        }
        return out.append("\nNothing was written. Digest `")
                .append(brief())
                .append("`\n")
                .toString();
    }

    public String json() {
        var all = new LinkedHashMap<String, Object>();
        all.put("plan", plan.name());
        all.put("description", plan.description());
        all.put("inputs", plan.inputs());
        all.put("rows", graph.rows());
        all.put("bytes", graph.bytes());
        all.put("estimatedSeconds", estimate().toSeconds());
        all.put("graph", graph);
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a preview is plain data", e);
        }
    }

    private String brief() {
        return Digest.brief(graph.digest());
    }

    private String headline() {
        return plan.name() + ": " + graph.source().environment() + " -> "
                + graph.target().environment() + (plan.description().isEmpty() ? "" : " (" + plan.description() + ")");
    }

    private Duration estimate() {
        var guess = pace.of(graph, plan.parallel().sites());
        var least = plan.throttle().atLeast(graph.rows());
        return guess.compareTo(least) < 0 ? least : guess;
    }

    private List<String> failures() {
        var rules = plan.failures();
        var lines = new ArrayList<String>();
        lines.add("what may pass is tried " + Quantity.of(rules.attempts(), "time") + ", with pauses from "
                + Quantity.time(rules.backoff()) + " to " + Quantity.time(rules.upTo()));
        if (!ofSites()) {
            lines.add("the target stays as it is, staging is cleaned");
            if (rules.siteTimeout() != null) lines.add("it may take " + Quantity.time(rules.siteTimeout()));
            return lines;
        }
        lines.add("its target stays as it is, staging is cleaned, the next one starts");
        String then = rules.then().name().toLowerCase(Locale.ROOT);
        if (rules.maxConsecutive() != null) lines.add(rules.maxConsecutive() + " one after the other: " + then);
        if (rules.maxTotal() != null) lines.add(rules.maxTotal() + " in all: " + then);
        if (rules.siteTimeout() != null) {
            double times = plan.largeSites().timeout();
            lines.add("a site may take " + Quantity.time(rules.siteTimeout())
                    + (times > 1 ? String.format(Locale.ROOT, ", a large one %.0f times that", times) : ""));
        }
        return lines;
    }

    private List<String> throttle() {
        var limits = plan.throttle();
        var lines = new ArrayList<String>();
        if (limits.maxRowsPerSecond() != null) {
            lines.add("at most " + Quantity.of(limits.maxRowsPerSecond(), "row")
                    + " a second are read, by all scopes together");
        }
        if (limits.threadsRunning() != null) {
            lines.add("nothing is read while more than " + Quantity.of(limits.threadsRunning(), "thread")
                    + " run there, wfumig's own not counted");
        }
        if (limits.replicaLag() != null) {
            lines.add("nothing is read while it is a replica that is more than " + Quantity.time(limits.replicaLag())
                    + " behind");
        }
        return lines;
    }

    private List<Section> sections() {
        var sections = new ArrayList<Section>();
        var moves = new Moves(plan, graph, pace, estimate());
        sections.add(lines("Where", plan.extent().writes() ? where() : read()));
        sections.add(new Section(
                plan.extent().writes() ? "What moves" : "What is read", List.of(moves.total()), moves.table()));
        if (!plan.extent().writes()) return sections;
        var rules = graph.rules().stream().map(Object::toString).toList();
        sections.add(lines("What is replaced in text", rules.isEmpty() ? List.of("nothing") : rules));
        if (!graph.mappings().isEmpty()) {
            sections.add(lines(
                    "What the target lacks, and what takes its place",
                    graph.mappings().stream()
                            .map(mapping -> mapping.kind() + " " + mapping.from() + " -> " + mapping.to())
                            .toList()));
        }
        if (!graph.caught().isEmpty()) sections.add(lines("What the plan's rules caught", caught()));
        var staying = graph.scopes().stream()
                .filter(scope -> !scope.staying().isEmpty())
                .map(scope -> scope.id() + ": " + String.join(", ", scope.staying()))
                .limit(SHOWN)
                .toList();
        if (!staying.isEmpty()) sections.add(lines("Tables of the target that stay as they are", staying));
        if (plan.migrations() != null)
            sections.add(lines("Versioned SQL for the target", migrations(plan.migrations())));
        if (!throttle().isEmpty()) sections.add(lines("How the source is spared", throttle()));
        sections.add(lines(ofSites() ? "When a site fails" : "When it fails", failures()));
        var risks = Stream.concat(InTheClear.of(plan).stream(), graph.risks().stream())
                .limit(SHOWN)
                .toList();
        if (!risks.isEmpty()) sections.add(lines("Look at this first", risks));
        if (!plan.inputs().isEmpty()) {
            sections.add(lines(
                    "Values from outside",
                    plan.inputs().stream()
                            .map(in -> in.kind() + "('" + in.name() + "')"
                                    + (in.kind().equals("secret") ? "" : " = " + in.value()))
                            .toList()));
        }
        return sections;
    }

    private List<String> migrations(Migrations wanted) {
        String whom = wanted.once() || !ofSites() ? "once" : "for each site that moves";
        var lines = new ArrayList<String>();
        for (String folder : wanted.folders()) {
            if (wanted.before()) lines.add(folder + ", " + whom + ", before anything moves");
            if (wanted.after()) lines.add(folder + ", " + whom + ", when all has come");
        }
        return lines;
    }

    private static Section lines(String title, List<String> lines) {
        return new Section(title, lines, List.of());
    }

    private List<String> where() {
        var lines = new ArrayList<String>();
        lines.add("source  " + database(plan.origin()) + graph.source().schema() + " on "
                + graph.source().server());
        lines.add("target  " + database(plan.target()) + graph.target().schema() + " on "
                + graph.target().server());
        lines.add("staging " + graph.staging().schema()
                + (graph.staging().own() ? "" : " (under reserved names beside the target's tables)"));
        lines.add(old());
        lines.add(archive(plan.archive()));
        return lines;
    }

    /** Where all is only read. */
    private List<String> read() {
        var lines = new ArrayList<String>();
        lines.add("source  " + database(plan.origin()) + graph.source().schema() + " on "
                + graph.source().server());
        lines.add(
                switch (plan.extent().part()) {
                    case EXPORT -> "the dump goes to " + plan.extent().file();
                    case BACKUP -> archive(plan.archive());
                    default -> "it is held against " + plan.extent().file();
                });
        return lines;
    }

    private static String database(Environment environment) {
        if (environment.server() instanceof Server.Postgres postgres) return postgres.database() + ".";
        if (environment.server() instanceof Server.EmbeddedPostgres postgres) return postgres.database() + ".";
        return "";
    }

    /** What becomes of what is replaced. */
    private String old() {
        if (plan.cutover() == Cutover.TRUNCATE_AND_LOAD) {
            return "the target's tables are emptied and filled in one transaction; old rows are "
                    + (plan.backup().dump() ? "dumped before" : "not kept: backup { dump() } would");
        }
        return "old tables are kept in " + graph.kept().schema()
                + (graph.kept().own() ? "_… for " : " for ")
                + plan.backup().keepTables().toDays() + " days"
                + (plan.backup().dump() ? ", and dumped before the cutover" : "");
    }

    private static String archive(Archive archive) {
        if (!archive.keeps()) return "nothing is archived";
        String where = "dumps are archived in " + archive;
        if (!(archive instanceof Archive.S3 s3)) return where;
        var how = new ArrayList<String>();
        if (s3.storageClass() != null) how.add("storage class " + s3.storageClass());
        if (s3.encryption() != null) how.add("encrypted with " + s3.encryption());
        if (s3.endpoint() != null && s3.endpoint().startsWith("http:")) how.add("in the clear on their way");
        return where + (how.isEmpty() ? "" : " (" + String.join(", ", how) + ")");
    }

    /** Whether sites move, rather than tables whatever they belong to. */
    private boolean ofSites() {
        return plan.sites() != null;
    }

    private List<String> caught() {
        var lines = new ArrayList<String>();
        for (var rule : graph.caught()) {
            var names = rule.names();
            String some = String.join(", ", names.subList(0, Math.min(4, names.size())));
            lines.add(rule.rule() + " (line " + rule.at().line() + "): "
                    + (names.isEmpty()
                            ? "nothing"
                            : some + (names.size() > 4 ? " and " + (names.size() - 4) + " more" : "")));
        }
        return lines;
    }
}
