package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.dump.Manifest;
import edu.wfu.wfumig.plan.Extent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where an export goes: a file, or in a folder a file for each scope; the manifest beside it. Nothing there is ever replaced. */
public record Delivery(Extent extent) {
    /** What ends the name of a folder. */
    public static final String FOLDER = "/";

    public Path dump(ScopeId scope) {
        String file = extent.file();
        return file.endsWith(FOLDER) ? Path.of(file, scope + ".sql.zst") : Path.of(file);
    }

    /** Refuses when there is something already. */
    public void requireFree(ScopeId scope) {
        Path dump = dump(scope);
        for (Path file : List.of(dump, Manifest.beside(dump))) if (Files.exists(file)) throw taken(file);
    }

    static Refusal taken(Path file) {
        return new Refusal(
                Refusal.Kind.INVALID,
                Problem.of(
                        file + " is there already",
                        "a name that nothing has yet",
                        "it was not touched",
                        "move it away, or name another file with -o"));
    }
}
