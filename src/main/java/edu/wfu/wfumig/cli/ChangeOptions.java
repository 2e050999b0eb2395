package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.ledger.RunState;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands have in common that change an environment without a plan file. */
final class ChangeOptions {
    @Mixin
    private HandOptions hand;

    @Mixin
    private Confirmation confirmation;

    @Option(
            names = "--replace",
            paramLabel = "A=B",
            description = "Replace A by B in all text; may be given several times.")
    private Map<String, String> replacements = new LinkedHashMap<>();

    @Option(
            names = "--skip-backup",
            description = "Do not dump what is replaced; its tables are kept for seven days all the same.")
    private boolean skipBackup;

    @Option(names = "--skip-archive", description = "Archive nothing, whatever is configured.")
    private boolean skipArchive;

    @Option(
            names = "--archive",
            paramLabel = "DIR",
            description = "Archive into this directory (default: the plan's archive, or the S3 that is configured).")
    private @Nullable Path archive;

    @Option(names = "--keep-files", description = "Leave the dumps in the work folder.")
    private boolean keepFiles;

    @Option(names = "--rehearse", description = "All up to and including the proof, in staging alone.")
    private boolean rehearse;

    HandOptions hand() {
        return hand;
    }

    Confirmation confirmation() {
        return confirmation;
    }

    boolean rehearses() {
        return rehearse;
    }

    /** Options that the run must remember. */
    Map<String, String> rules() {
        return keepFiles ? Map.of(RunState.KEEP_FILES, "") : Map.of();
    }

    /** Puts into a plan what they say. */
    void describe(PlanText text, WfumigCommand command) {
        if (!replacements.isEmpty()) text.line("rewrite {");
        replacements.forEach(
                (find, with) -> text.line("  replace " + PlanText.quoted(find) + ", with: " + PlanText.quoted(with)));
        if (!replacements.isEmpty()) text.line("}");
        text.line("backup { keepTables 7.days" + (skipBackup ? "" : "; dump()") + " }");
        if (!skipArchive && !describeArchive(text, command)) {
            command.err()
                    .println("Nothing will be archived: --archive names no directory, and no S3 is configured"
                            + " (wfumig config s3 set …).");
        }
    }

    /** Puts the archive into a plan, whether this run archives or not; tells whether there is any. */
    boolean describeArchive(PlanText text, WfumigCommand command) {
        if (archive == null) return hand.environments().describeArchive(text, command.environment());
        text.archive(archive);
        return true;
    }
}
