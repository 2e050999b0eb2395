package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.dump.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Where a run keeps its dumps until they are archived: a folder per scope. */
public record WorkFolder(Path root) {
    public Path of(ScopeId scope) {
        return root.resolve(scope.text());
    }

    /** What the source held. */
    public Path source(ScopeId scope) {
        return of(scope).resolve("source.sql.zst");
    }

    /** What was brought to the target. */
    public Path migrated(ScopeId scope) {
        return of(scope).resolve("migrated.sql.zst");
    }

    /** What the target held before. */
    public Path backup(ScopeId scope) {
        return of(scope).resolve("backup.sql.zst");
    }

    /** The files of a scope; none when there is no folder. */
    public List<Path> files(ScopeId scope) throws IOException {
        if (!Files.isDirectory(of(scope))) return List.of();
        try (var files = Files.list(of(scope))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Deletes what a finished scope does not need any more, and the folder when nothing is left. */
    public void deleteAllButBackup(ScopeId scope) throws IOException {
        var stays = Manifest.isComplete(backup(scope))
                ? List.of(backup(scope), Manifest.beside(backup(scope)))
                : List.<Path>of();
        for (Path file : files(scope)) if (!stays.contains(file)) Files.delete(file);
        if (stays.isEmpty()) delete(scope);
    }

    public void delete(ScopeId scope) throws IOException {
        if (!Files.isDirectory(of(scope))) return;
        try (var files = Files.walk(of(scope))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    /** What is said when a dump cannot be written. */
    static Refusal unwritable(Path path, Exception e) {
        Throwable why = e.getCause() == null ? e : e.getCause();
        return new Refusal(
                Refusal.Kind.FAILED,
                Problem.of(
                        "the dump " + path + " cannot be written: " + why.getMessage(),
                        "room and rights in the work folder",
                        "the target is untouched",
                        "make room, then type: wfumig resume"),
                e);
    }
}
