package edu.wfu.wfumig.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.ledger.RunState;
import edu.wfu.wfumig.ledger.RunState.Outcome;
import edu.wfu.wfumig.plan.Notices;
import edu.wfu.wfumig.plan.Notices.On;
import edu.wfu.wfumig.plan.Secret;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells webhooks how a run goes, in a thread of its own, one after the other. What cannot be told is said where messages go, and
 * that is all: a run never fails by it, and at its end waits for it no longer than half a minute.
 */
public final class Announcer implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Notices rules;
    private final Graph graph;
    private final Function<Secret, String> values;
    private final PrintStream messages;
    private @Nullable ExecutorService thread;

    /** @param values looks a secret up; may refuse */
    public Announcer(Notices rules, Graph graph, Function<Secret, String> values, PrintStream messages) {
        this.rules = rules;
        this.graph = graph;
        this.values = values;
        this.messages = messages;
    }

    /** Tells that a run begins or goes on. */
    public void started(RunState state) {
        tell(On.STARTED, state.resumed() ? "goes on" : "started", state, null);
    }

    /** Tells how a run ended. */
    public void ended(RunState state) {
        var moment = switch (state.outcome()) {
            case DONE -> On.DONE;
            case PAUSED -> On.PAUSED;
            default -> On.FAILED;
        };
        String outcome = state.outcome() == Outcome.DONE
                ? "done and verified"
                : state.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        tell(moment, outcome, state, state.why());
    }

    /** Tells that a run broke off, and why. */
    public void broke(RunState state, Throwable why) {
        tell(
                On.FAILED,
                "failed",
                state,
                why instanceof Refusal ? why.getMessage() : why.getClass().getSimpleName());
    }

    private void tell(On moment, String how, RunState state, @Nullable String why) {
        if (rules.webhooks().isEmpty() || !rules.on().contains(moment)) return;
        String json = json(moment, how, new RunReport(graph, state), why == null ? "" : why);
        if (thread == null) {
            thread = Executors.newSingleThreadExecutor(work -> {
                var daemon = new Thread(work, "announcer");
                daemon.setDaemon(true);
                return daemon;
            });
        }
        for (var hook : rules.webhooks()) thread.execute(() -> post(hook, json));
    }

    private void post(Secret hook, String json) {
        try {
            new Webhook(URI.create(values.apply(hook)), PAUSE).post(json);
        } catch (IOException e) {
            say(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            say("the secret '" + hook.name() + "' is no address"); // which is not repeated
        } catch (Refusal e) {
            say(e.problems().get(0).found());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(String why) {
        messages.println("nobody was notified: " + why);
    }

    private String json(On moment, String how, RunReport report, String why) {
        var state = report.state();
        var lines = report.lines();
        long done = lines.stream().filter(line -> line.state().equals("done")).count();
        var next = report.next();
        String kind = state.rehearsal() ? "rehearsal " : "";
        String text = kind + state.id() + " (" + graph.source().environment() + " -> "
                + graph.target().environment() + ") " + how + ", " + done + " of "
                + Quantity.of(lines.size(), "scope")
                + (why.isEmpty() ? "" : "\n" + why)
                + (moment == On.STARTED || next.isEmpty() ? "" : "\n" + String.join("\n", next));
        var all = new LinkedHashMap<String, Object>();
        all.put("text", text);
        all.put("event", moment.name().toLowerCase(Locale.ROOT));
        all.put("run", state.id());
        all.put("plan", graph.plan());
        all.put("source", graph.source().environment());
        all.put("target", graph.target().environment());
        all.put("outcome", state.outcome().name().toLowerCase(Locale.ROOT));
        all.put("scopes", lines.size());
        all.put("done", done);
        all.put(
                "failed",
                lines.stream()
                        .filter(line -> line.state().startsWith("failed"))
                        .map(line -> Map.of("scope", line.scope(), "state", line.state(), "why", line.note()))
                        .toList());
        all.put("why", why);
        try {
            return new ObjectMapper().writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a notice is plain data", e);
        }
    }

    @Override
    public void close() {
        if (thread == null) return;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LONGEST.toSeconds(), TimeUnit.SECONDS)) say("it takes too long");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
