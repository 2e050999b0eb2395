package edu.wfu.wfumig.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.wfu.wfumig.executor.Watcher;
import edu.wfu.wfumig.graph.Step;
import java.io.PrintStream;
import java.time.Instant;
import java.util.LinkedHashMap;

/** Progress for machines: one JSON object a line. */
public record JsonProgress(PrintStream out) implements Watcher {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void started(Step step) {
        line("started", step, "", 0);
    }

    @Override
    public void said(Step step, String line) {
        line("said", step, line, 0);
    }

    @Override
    public void done(Step step, long millis) {
        line("done", step, "", millis);
    }

    @Override
    public void failed(Step step, Throwable why) {
        line("failed", step, String.valueOf(why.getMessage()), 0);
    }

    private void line(String event, Step step, String text, long millis) {
        var line = new LinkedHashMap<String, Object>();
        line.put("at", Instant.now().toString());
        line.put("event", event);
        line.put("step", step.id());
        if (!text.isEmpty()) line.put("text", text);
        if (millis > 0) line.put("millis", millis);
        try {
            out.println(JSON.writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
