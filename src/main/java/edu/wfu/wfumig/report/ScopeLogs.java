package edu.wfu.wfumig.report;

import edu.wfu.wfumig.executor.Watcher;
import edu.wfu.wfumig.graph.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/** A log file per scope: {@code logs/site-22.log}. */
public record ScopeLogs(Path folder) implements Watcher {
    @Override
    public void started(Step step) {
        write(step, step.verb() + " starts");
    }

    @Override
    public void said(Step step, String line) {
        write(step, step.verb() + ": " + line);
    }

    @Override
    public void done(Step step, long millis) {
        write(step, step.verb() + " done in " + millis + " ms");
    }

    @Override
    public void failed(Step step, Throwable why) {
        write(step, step.verb() + " failed: " + (why.getMessage() == null ? why : why.getMessage()));
        for (Throwable cause = why.getCause(); cause != null; cause = cause.getCause()) {
            write(step, "  because " + cause);
        }
    }

    private void write(Step step, String line) {
        var scope = step.scope();
        Path file = folder.resolve((scope == null ? "run" : scope.text()) + ".log");
        String text = LocalDateTime.now().truncatedTo(ChronoUnit.MILLIS) + " " + line + "\n";
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
