package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.OwnerOnly;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.archive.ArchiveFailure;
import edu.wfu.wfumig.archive.ArchiveStore;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.Definition;
import edu.wfu.wfumig.database.Definitions;
import edu.wfu.wfumig.database.Placement;
import edu.wfu.wfumig.database.Placement.Origin;
import edu.wfu.wfumig.database.SchemaEditor;
import edu.wfu.wfumig.database.SchemaEditor.Kind;
import edu.wfu.wfumig.dump.DumpForm;
import edu.wfu.wfumig.dump.DumpReader;
import edu.wfu.wfumig.dump.Manifest;
import edu.wfu.wfumig.dump.Manifest.ColumnPart;
import edu.wfu.wfumig.dump.Manifest.TablePart;
import edu.wfu.wfumig.dump.Press;
import edu.wfu.wfumig.inventory.Element;
import edu.wfu.wfumig.schema.Part;
import edu.wfu.wfumig.schema.Safety;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Dumps the part of a schema before it is migrated, and makes its tables what they were.
 *
 * <ol>
 *   <li>Views go first, because they stand on tables; then the tables, also those that the dump does not know.
 *   <li>Tables are made by their old definitions and filled chunk by chunk; then completed, as in any restoration.
 *   <li>Triggers and views follow. Count and digest of each table, computed by the server, are held against the dump's.
 * </ol>
 *
 * Safe to repeat: what an earlier attempt has made is dropped first.
 *
 * @param folder where dumps are kept
 * @param archive where they are kept too; null for nowhere
 * @param environment whose they are, for the archive
 */
public record PartSafety(
        Database database, Path folder, @Nullable ArchiveStore archive, String environment) implements Safety {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss.SSS").withZone(ZoneOffset.UTC);

    private static final int SIDE_BY_SIDE = 2;

    @Override
    public String take(Part part, String about) {
        Path file = folder.resolve(String.join("-", part.schema(), part.prefix(), part.application())
                        .replace("--", "-"))
                .resolve(about + "-" + MOMENT.format(Instant.now()))
                .resolve("backup.sql.zst")
                .toAbsolutePath();
        var filters = new LinkedHashMap<String, @Nullable String>();
        names(part, Element.Kind.TABLE).forEach(table -> filters.put(table, null));
        try {
            OwnerOnly.folders(file.getParent());
        } catch (IOException e) {
            throw WorkFolder.unwritable(file, e);
        }
        var streams = new Streams(SIDE_BY_SIDE, true, new Room(), new Feeds(), new Proven(true));
        var wanted = new TableDump.Wanted(
                new ScopeId("schema-" + about), filters, names(part, Element.Kind.VIEW), Map.of(), Map.of());
        new TableDump(database, environment, part.schema(), streams, Brake.OFF, Press.TIGHT)
                .write(file, wanted, new QuietPulse(), TableDump.Follower.NOBODY);
        store(file);
        return file.toString();
    }

    private void store(Path file) {
        if (archive == null) return;
        try {
            for (Path one : List.of(file, Manifest.beside(file))) {
                archive.store(key(one), one, Map.of("target", environment), bytes -> {});
            }
        } catch (IOException e) {
            throw ArchiveFailure.refusal(
                    e,
                    key(file) + " of the archive cannot be written",
                    "nothing was migrated",
                    "wfumig schema migrate");
        }
    }

    /** Below {@code schema/uat/}, the same folders as on disk. */
    private String key(Path file) {
        int names = file.getNameCount();
        return "schema/" + environment + "/"
                + file.subpath(names - 3, names).toString().replace('\\', '/');
    }

    private void fetch(Path file) {
        if (archive == null || Manifest.isComplete(file)) return;
        try {
            if (archive.list(key(file)).isEmpty()) return;
            OwnerOnly.folders(file.getParent());
            // The manifest comes last: with it the dump counts as one.
            for (Path one : List.of(file, Manifest.beside(file))) archive.fetch(key(one), one);
        } catch (IOException e) {
            throw ArchiveFailure.refusal(
                    e,
                    key(file) + " of the archive cannot be fetched",
                    "nothing was changed",
                    "wfumig schema rollback");
        }
    }

    private List<String> names(Part part, Element.Kind kind) {
        try (var catalogue = database.catalogue()) {
            return catalogue.structure(part.schema(), part.prefix()).elements().stream()
                    .filter(element -> element.kind() == kind)
                    .map(element -> part.live(element.name()))
                    .toList();
        }
    }

    @Override
    public void restore(Part part, String dump, Set<String> names) {
        Path file = Path.of(dump);
        fetch(file);
        if (!Manifest.isComplete(file)) throw missing(dump);
        var manifest = Manifest.of(file);
        var tables = manifest.tables().stream()
                .filter(table -> names.contains(table.name()))
                .toList();
        var definitions = definitions(part, manifest);
        String schema = part.schema();
        try (var editor = database.editor()) {
            dropViews(editor, part, manifest, names);
            editor.dropTables(
                    schema,
                    names(part, Element.Kind.TABLE).stream()
                            .filter(names::contains)
                            .toList());
            for (var table : tables) editor.createTable(schema, definitions.table(table.name(), table.create()));
            load(schema, file, manifest, tables);
            complete(editor, part, manifest, tables, definitions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        prove(schema, dump, tables);
    }

    private void dropViews(SchemaEditor editor, Part part, Manifest manifest, Set<String> names) {
        var views = new ArrayList<>(
                names(part, Element.Kind.VIEW).stream().filter(names::contains).toList());
        for (var view : manifest.views()) if (!views.contains(view.name())) views.add(view.name());
        Collections.reverse(views);
        for (String view : views) editor.drop(part.schema(), Kind.VIEW, view);
    }

    private void load(String schema, Path file, Manifest manifest, List<TablePart> tables) throws IOException {
        var form = manifest.form();
        try (var reader = new DumpReader(file);
                var loader = database.loader(schema)) {
            for (var table : tables) {
                var columns = table.columns().stream().map(ColumnPart::name).toList();
                var format = form.rows(table.columns());
                for (var chunk : table.chunks()) {
                    byte[] raw = reader.open(reader.packed(chunk.frame()), chunk.frame());
                    loader.load(
                            table.name(),
                            columns,
                            format.loadable(),
                            raw,
                            chunk.rowsAt(),
                            format.end(raw.length),
                            chunk.digest().rows());
                }
            }
        }
    }

    /** Foreign keys of tables that stayed went with what they point to, on PostgreSQL: they are completed as well. */
    private void complete(
            SchemaEditor editor, Part part, Manifest manifest, List<TablePart> tables, Definitions definitions) {
        var completion = new Completion(database, DumpForm.of(manifest.server()), definitions);
        var there = names(part, Element.Kind.TABLE);
        tables.forEach(completion::alone);
        completion.together(manifest.tables().stream()
                .filter(table -> there.contains(table.name()))
                .toList());
        var restored = tables.stream().map(TablePart::name).toList();
        for (var trigger : manifest.triggers()) {
            if (restored.contains(trigger.table())) editor.create(part.schema(), Kind.TRIGGER, definition(trigger));
        }
        for (var view : manifest.views()) editor.create(part.schema(), Kind.VIEW, definition(view));
    }

    private static Definition definition(Manifest.Definition told) {
        return new Definition(told.name(), told.table(), told.create(), told.sqlMode(), "");
    }

    private Definitions definitions(Part part, Manifest manifest) {
        String product =
                manifest.server().substring(0, Math.max(0, manifest.server().indexOf(' ')));
        var names = manifest.tables().stream()
                .map(TablePart::name)
                .collect(Collectors.toMap(UnaryOperator.identity(), UnaryOperator.identity()));
        return database.dialect()
                .at(new Placement(
                        part.schema(),
                        names,
                        part.schema(),
                        part.schema(),
                        "",
                        new Origin(product, true),
                        product,
                        Map.of()));
    }

    private void prove(String schema, String dump, List<TablePart> tables) {
        try (var catalogue = database.catalogue();
                var proof = database.proof(schema)) {
            for (var table : tables) {
                var columns =
                        catalogue.define(schema, List.of(table.name())).get(0).stored();
                if (proof.digest(table.name(), columns).equals(table.digest())) continue;
                throw new Refusal(
                        Refusal.Kind.MISMATCH,
                        Problem.of(
                                table.name() + " came out of its dump with other content",
                                "the rows that the manifest describes",
                                "the dump is as it was",
                                "look at " + dump));
            }
        }
    }

    private static Refusal missing(String dump) {
        return new Refusal(
                Refusal.Kind.FAILED,
                Problem.of(
                        "the dump " + dump + " is not there, or not complete",
                        "the file and its manifest, there or in the archive of the plan",
                        "nothing was changed",
                        "put both there, then type it again"));
    }
}
