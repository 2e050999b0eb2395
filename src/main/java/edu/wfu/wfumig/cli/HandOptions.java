package edu.wfu.wfumig.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands that do steps by hand have in common. */
final class HandOptions {
    @Mixin
    private EnvironmentChoice environments;

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            description = "Where dumps are made (default: in the state folder).")
    private @Nullable Path workDir;

    @Option(names = "--dry-run", description = "Show the preview and stop.")
    private boolean dryRun;

    @Option(names = "--json", description = "Progress and report as JSON on standard output.")
    private boolean json;

    EnvironmentChoice environments() {
        return environments;
    }

    @Nullable
    Path workDir() {
        return workDir;
    }

    boolean dryRun() {
        return dryRun;
    }

    boolean json() {
        return json;
    }
}
