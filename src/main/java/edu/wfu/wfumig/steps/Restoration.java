package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.OwnerOnly;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.archive.ArchiveStore;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.dump.DumpForm;
import edu.wfu.wfumig.dump.DumpReader;
import edu.wfu.wfumig.dump.Manifest;
import edu.wfu.wfumig.dump.Manifest.ColumnPart;
import edu.wfu.wfumig.dump.Manifest.TablePart;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.graph.TableNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the kept tables of a scope anew from its backup dump, where they stood before they were dropped; then the scope goes
 * back as ever.
 *
 * <ol>
 *   <li>The dump is looked for in the work folder, then in the archive; its manifest must hold every table that was
 *       replaced.
 *   <li>Tables get the definition they had, under their kept names; constraints keep theirs.
 *   <li>Rows are loaded chunk by chunk, then each table's count and digest, computed by the server, are held against the
 *       manifest's. Until here the target is untouched.
 * </ol>
 *
 * <p>Safe to repeat: what an earlier attempt has made is dropped first.
 */
final class Restoration {
    private final Graph graph;
    private final Database target;
    private final WorkFolder work;
    private final WorkFolder fetched;
    private final @Nullable ArchiveStore archive;
    private final String run;

    Restoration(Graph graph, Database target, WorkFolder work, @Nullable ArchiveStore archive, String run) {
        this.graph = graph;
        this.target = target;
        this.work = work;
        this.fetched = new WorkFolder(work.root().resolve("fetched"));
        this.archive = archive;
        this.run = run;
    }

    /** Makes sure that there is a backup of all that was replaced, fetching it from the archive; or refuses. */
    void require(Scope scope, Swap.Swapping swapping) {
        var held = backup(scope).tables().stream().map(TablePart::name).toList();
        var missing = swapping.out().stream()
                .map(move -> move.from().table())
                .filter(table -> !held.contains(table))
                .toList();
        if (missing.isEmpty()) return;
        throw refuse(scope, "its backup lacks " + String.join(", ", missing));
    }

    private Manifest backup(Scope scope) {
        Path dump = dump(scope);
        try {
            if (!Manifest.isComplete(dump)) fetch(scope, dump);
        } catch (IOException e) {
            throw refuse(scope, "its backup cannot be fetched: " + e.getMessage());
        }
        return Manifest.of(dump);
    }

    private Path dump(Scope scope) {
        Path made = work.backup(scope.id());
        return Manifest.isComplete(made) ? made : fetched.backup(scope.id());
    }

    private void fetch(Scope scope, Path dump) throws IOException {
        String folder = ArchiveRunner.key(graph, run) + scope.id() + "/";
        String key = folder + dump.getFileName();
        if (archive == null || archive.list(key).isEmpty()) {
            String archived = archive == null ? "the plan names no archive" : "the archive has no " + key;
            throw refuse(
                    scope, "there is no backup of them: " + work.backup(scope.id()) + " is not there, and " + archived);
        }
        OwnerOnly.folders(dump.getParent());
        archive.fetch(key, dump);
        // The manifest comes last: with it the dump counts as one.
        Path manifest = Manifest.beside(dump);
        archive.fetch(folder + manifest.getFileName(), manifest);
    }

    private static Refusal refuse(Scope scope, String why) {
        return new Refusal(
                Refusal.Kind.FAILED,
                Problem.of(
                        "the old tables of " + scope.id() + " were dropped already, and " + why,
                        "tables that are still kept, or the scope's backup.sql.zst with its manifest",
                        "nothing was changed",
                        "put the two files there, or name the other scopes with --sites"));
    }

    /** Whether the target's tables are already those of the backup. */
    boolean isBack(Scope scope, Swap.Swapping swapping) {
        var manifest = backup(scope);
        String schema = graph.target().schema();
        try (var catalogue = target.catalogue();
                var proof = target.proof(schema)) {
            var live = catalogue.tableNames(schema);
            var old = swapping.out().stream().map(move -> move.from().table()).toList();
            boolean only = swapping.in().stream()
                    .map(move -> move.to().table())
                    .allMatch(table -> old.contains(table) == live.contains(table));
            return only
                    && catalogue.define(schema, old).stream()
                            .allMatch(table -> proof.digest(table.name(), table.stored())
                                    .equals(manifest.table(table.name()).digest()));
        }
    }

    /** Gives up what was fetched for a scope. */
    void tidy(Scope scope) {
        try {
            fetched.delete(scope.id());
            for (Path folder : List.of(fetched.root(), work.root())) {
                if (Files.isDirectory(folder)) Files.deleteIfExists(folder);
            }
        } catch (DirectoryNotEmptyException e) {
            // Others still need it.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the kept tables anew and proves them. */
    void restore(Scope scope, Swap.Swapping swapping) {
        var manifest = backup(scope);
        var tables = swapping.out().stream()
                .map(move -> manifest.table(move.from().table()))
                .toList();
        String schema = TableNames.keptSchema(graph.kept(), run);
        try (var editor = target.editor()) {
            if (graph.kept().own()) editor.createSchema(schema);
            editor.dropTables(
                    schema,
                    swapping.out().stream().map(move -> move.to().table()).toList());
            var definitions = StagedDefinition.asItWas(target.dialect(), graph, scope, run);
            for (var table : tables) editor.createTable(schema, definitions.table(table.name(), table.create()));
        }
        try {
            load(scope, schema, tables);
            complete(scope, tables);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        prove(scope, schema, tables);
    }

    private String kept(String table) {
        return TableNames.kept(graph.kept(), run, table);
    }

    private void load(Scope scope, String schema, List<TablePart> tables) throws IOException {
        var form = DumpForm.of(graph.target().server());
        try (var reader = new DumpReader(dump(scope));
                var loader = target.loader(schema)) {
            for (var table : tables) {
                var names = table.columns().stream().map(ColumnPart::name).toList();
                var format = form.rows(table.columns());
                for (var chunk : table.chunks()) {
                    byte[] raw = reader.open(reader.packed(chunk.frame()), chunk.frame());
                    loader.load(
                            kept(table.name()),
                            names,
                            format.loadable(),
                            raw,
                            chunk.rowsAt(),
                            format.end(raw.length),
                            chunk.digest().rows());
                }
            }
        }
    }

    private void complete(Scope scope, List<TablePart> tables) {
        var definitions = StagedDefinition.asItWas(target.dialect(), graph, scope, run);
        var completion = new Completion(target, DumpForm.of(graph.target().server()), definitions);
        tables.forEach(completion::alone);
        completion.together(tables);
    }

    private void prove(Scope scope, String schema, List<TablePart> tables) {
        try (var catalogue = target.catalogue();
                var proof = target.proof(schema)) {
            for (var table : tables) {
                var columns = catalogue
                        .define(schema, List.of(kept(table.name())))
                        .get(0)
                        .stored();
                if (proof.digest(kept(table.name()), columns).equals(table.digest())) continue;
                throw new Refusal(
                        Refusal.Kind.MISMATCH,
                        Problem.of(
                                table.name() + " of " + scope.id() + " came out of its backup with other content",
                                "the rows that the manifest describes",
                                "the target's own tables are untouched",
                                "look at " + dump(scope)));
            }
        }
    }
}
