package edu.wfu.wfumig.report;

import static edu.wfu.wfumig.Quantity.bytes;
import static edu.wfu.wfumig.Quantity.count;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.ledger.RunState;
import edu.wfu.wfumig.ledger.RunState.Outcome;
import edu.wfu.wfumig.ledger.RunState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a run has done, scope by scope, and what can be done next. Derived from graph and ledger alone. */
public record RunReport(Graph graph, RunState state) {

    private static final int SHOWN_RULES = 10;
    private static final int SHOWN_SCOPES = 3;

    /** One scope's line. */
    public record Line(
            String scope,
            String state,
            int tables,
            long rows,
            long changedRows,
            long bytes,
            Duration took,
            String note) {}

    public List<Line> lines() {
        return graph.scopes().stream().map(this::line).toList();
    }

    private Line line(Scope scope) {
        var steps = graph.steps().stream()
                .filter(step -> scope.id().equals(step.scope()))
                .toList();
        String how = "waiting";
        String note = "";
        long millis = 0;
        var until = Instant.MIN;
        for (Step step : steps) {
            var at = state.steps().get(step.id());
            if (at == null) continue;
            // What ran beside the step before counts once.
            var began = at.at().minusMillis(at.millis());
            millis += Math.max(
                    0,
                    Duration.between(began.isBefore(until) ? until : began, at.at())
                            .toMillis());
            until = at.at();
            if (at.phase() == Phase.FAILED) {
                how = "failed at " + step.verb();
                note = String.valueOf(at.error()).lines().findFirst().orElse("");
                break;
            }
            how = at.phase() == Phase.DONE ? "stopped after " + step.verb() : "stopped in " + step.verb();
        }
        if (steps.stream().allMatch(step -> state.done(step.id()))) how = "done";
        if (state.rolledBack(scope.id())) how = "rolled back";
        var staged = state.facts(scope.id() + "/stage");
        var dumped = facts(scope, "/export", "/backup");
        return new Line(
                scope.id().text(),
                how,
                scope.tables().size(),
                number(facts(scope, "/stage", "/export", "/backup", "/verify").get("rows")),
                number(staged.get("changedRows")),
                number(dumped.get("fileBytes")),
                Duration.ofMillis(millis),
                note);
    }

    /** What the first of some steps found that has found anything: a run may have no more than one of them. */
    private Map<String, Object> facts(Scope scope, String... steps) {
        for (String step : steps) {
            var facts = state.facts(scope.id() + step);
            if (!facts.isEmpty()) return facts;
        }
        return Map.of();
    }

    /** How often each rule replaced something, those that never did left out, the most frequent first. */
    public Map<String, Long> replaced() {
        var counts = new HashMap<Integer, Long>();
        for (Scope scope : graph.scopes()) {
            if (!(state.facts(scope.id() + "/stage").get("replaced") instanceof Map<?, ?> byRule)) continue;
            byRule.forEach((rule, times) -> counts.merge(Integer.valueOf(rule.toString()), number(times), Long::sum));
        }
        var named = new LinkedHashMap<String, Long>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Long>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(rule -> named.put(graph.rules().get(rule.getKey()).toString(), rule.getValue()));
        return named;
    }

    /** How what an earlier attempt had read of a source was gone on with, by scope. */
    public Map<String, String> resumed() {
        var resumed = new LinkedHashMap<String, String>();
        for (Scope scope : graph.scopes()) {
            String how = String.valueOf(state.facts(scope.id() + "/export").getOrDefault("resumed", ""));
            if (!how.isEmpty()) resumed.put(scope.id().text(), how);
        }
        return resumed;
    }

    /** How the sources' rows were read, and what no snapshot covered; each with its scopes. */
    public Map<String, List<String>> readings() {
        var readings = new LinkedHashMap<String, List<String>>();
        for (Scope scope : graph.scopes()) {
            var facts = state.facts(scope.id() + "/export");
            String scopeName = scope.id().text();
            if (facts.get("snapshot") instanceof String how) {
                readings.computeIfAbsent(how, key -> new ArrayList<>()).add(scopeName);
            }
            if (facts.get("uncovered") instanceof List<?> tables && !tables.isEmpty()) {
                String names = tables.stream().map(String::valueOf).collect(Collectors.joining(", "));
                readings.put("no snapshot covers " + names, List.of(scopeName));
            }
        }
        return readings;
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    public String text() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("scope", "state", "tables", "rows", "rewritten", "dump", "took"));
        var notes = new ArrayList<String>();
        for (Line line : lines()) {
            rows.add(List.of(
                    line.scope(),
                    line.state(),
                    count(line.tables()),
                    count(line.rows()),
                    count(line.changedRows()),
                    bytes(line.bytes()),
                    Quantity.time(line.took())));
            if (!line.note().isEmpty()) notes.add(line.scope() + ": " + line.note());
        }
        var out = new StringBuilder(state.rehearsal() ? "Rehearsal " : "Run ")
                .append(state.id())
                .append(": ")
                .append(outcome())
                .append('\n');
        out.append(TextTable.of(rows, "  "));
        readings()
                .forEach((how, scopes) -> out.append("  read: ")
                        .append(how)
                        .append(" (")
                        .append(scopes.size() > SHOWN_SCOPES ? scopes.size() + " scopes" : String.join(", ", scopes))
                        .append(")\n"));
        resumed()
                .forEach((scope, how) -> out.append("  read: ")
                        .append(scope)
                        .append(' ')
                        .append(how)
                        .append('\n'));
        var replaced = replaced();
        if (!replaced.isEmpty()) {
            out.append("  replaced:\n");
            replaced.entrySet().stream()
                    .limit(SHOWN_RULES)
                    .forEach(rule -> out.append(
                            String.format(Locale.ROOT, "  %9s  %s%n", count(rule.getValue()), rule.getKey())));
            if (replaced.size() > SHOWN_RULES)
                out.append("  and ").append(replaced.size() - SHOWN_RULES).append(" more rules (--json shows all)\n");
        }
        migrations().forEach(line -> out.append("  ").append(line).append('\n'));
        notes.forEach(note -> out.append("  ").append(note).append('\n'));
        boolean halted = state.outcome() == Outcome.PAUSED || state.outcome() == Outcome.ABORTED;
        if (state.why() != null && (halted || notes.isEmpty()))
            out.append("  ").append(state.why()).append('\n');
        next().forEach(line -> out.append(line).append('\n'));
        return out.toString();
    }

    /** What became of versioned SQL. */
    private List<String> migrations() {
        var lines = new ArrayList<String>();
        for (Step step : graph.steps()) {
            if (!(step instanceof Step.Migrate migrate)) continue;
            var at = state.steps().get(step.id());
            String when = "versioned SQL " + (migrate.after() ? "behind" : "before") + " what moves: ";
            if (state.done(step.id())) {
                long applied = number(state.facts(step.id()).get("migrations"));
                lines.add(
                        when + (applied == 0 ? "all applied already" : Quantity.of(applied, "migration") + " applied"));
            } else if (at != null && at.error() != null) {
                lines.add(when + at.error().lines().findFirst().orElse(""));
            }
        }
        return lines;
    }

    private String outcome() {
        long done = lines().stream().filter(line -> line.state().equals("done")).count();
        long back = lines().stream()
                .filter(line -> line.state().equals("rolled back"))
                .count();
        String of = done + " of " + Quantity.of(graph.scopes().size(), "scope")
                + (back > 0 ? ", " + back + " rolled back" : "");
        var started = state.started();
        var ended = state.ended();
        String took = started == null || ended == null ? "" : " in " + Quantity.time(Duration.between(started, ended));
        return switch (state.outcome()) {
            case DONE ->
                (state.rehearsal() ? "rehearsed" : "done") + (verifies() ? " and verified, " : ", ") + of + took;
            case PARTLY -> "partly done, " + of + took;
            case FAILED -> "failed, " + of + took;
            case STOPPED -> "stopped, " + of + " so far";
            case PAUSED -> "paused, " + of + " so far";
            case ABORTED -> "aborted, " + of + " so far";
            case RUNNING -> "running or interrupted, " + of + " so far";
            case ROLLED_BACK -> "rolled back";
        };
    }

    /** Whether the graph proves what it moves; an export alone does not. */
    private boolean verifies() {
        return graph.steps().stream().anyMatch(step -> step instanceof Step.Verify);
    }

    /** The commands that make sense now. */
    public List<String> next() {
        var next = new ArrayList<String>();
        boolean unfinished = state.outcome() != Outcome.DONE && state.outcome() != Outcome.ROLLED_BACK;
        if (unfinished) next.add("Go on:    wfumig resume " + state.id());
        Instant until = keptUntil();
        if (until != null && until.isAfter(Instant.now())) {
            next.add("Undo it:  wfumig rollback " + state.id() + "   (until "
                    + until.toString().substring(0, 16) + "Z)");
        }
        return next;
    }

    private @Nullable Instant keptUntil() {
        Instant first = null;
        for (Scope scope : graph.scopes()) {
            Object until = state.facts(scope.id() + "/cutover").get("keptUntil");
            if (until == null || state.rolledBack(scope.id()) || state.keptDropped(scope.id())) continue;
            Instant time = Instant.parse(until.toString());
            if (first == null || time.isBefore(first)) first = time;
        }
        return first;
    }

    public String json() {
        var lines = new ArrayList<Map<String, Object>>();
        for (Line line : lines()) {
            var one = new LinkedHashMap<String, Object>();
            one.put("scope", line.scope());
            one.put("state", line.state());
            one.put("tables", line.tables());
            one.put("rows", line.rows());
            one.put("changedRows", line.changedRows());
            one.put("dumpBytes", line.bytes());
            one.put("millis", line.took().toMillis());
            one.put("note", line.note());
            lines.add(one);
        }
        var all = new LinkedHashMap<String, Object>();
        all.put("run", state.id());
        all.put("rehearsal", state.rehearsal());
        all.put("outcome", state.outcome().name().toLowerCase(Locale.ROOT));
        all.put("started", String.valueOf(state.started()));
        all.put("ended", String.valueOf(state.ended()));
        all.put("source", graph.source());
        all.put("target", graph.target());
        all.put("scopes", lines);
        all.put("readings", readings());
        all.put("resumed", resumed());
        all.put("replaced", replaced());
        all.put("next", next());
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is plain data", e);
        }
    }
}
