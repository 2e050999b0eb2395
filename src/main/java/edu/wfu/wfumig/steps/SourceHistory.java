package edu.wfu.wfumig.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import edu.wfu.wfumig.OwnerOnly;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.SnapshotReader;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.schema.Histories;
import edu.wfu.wfumig.schema.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of versioned SQL was applied to a scope's tables where they come from, as of the moment in which they were read. It waits
 * in a file beside the ledger until all scopes are there.
 *
 * <ol>
 *   <li>It is read before the definitions of the tables, and again in the snapshot of their rows. Is it another one by then, the
 *       two may not fit: the export is tried again.
 *   <li>A dump that was cut short is gone on with only as long as the source's history is the one that was kept with it.
 *   <li>The file is on disk before the first chunk is.
 * </ol>
 *
 * Nothing of this happens for plans that apply nothing behind what moves.
 */
final class SourceHistory {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Graph graph;
    private final @Nullable Database source;
    private final Path folder;

    /**
     * @param source null when nobody asks for histories
     */
    SourceHistory(Graph graph, @Nullable Database source, Path folder) {
        this.graph = graph;
        this.source = source;
        this.folder = folder;
    }

    /** What the source's history is now. */
    Histories now(ScopeId scope) {
        if (source == null) return Histories.NONE;
        var part = part(scope);
        try (var session = source.session(part.schema())) {
            if (!session.has(Histories.table())) return Histories.NONE;
            return Histories.of(part, prefixes(scope), session::rows);
        }
    }

    /** Keeps the history as the snapshot has it. */
    void keep(ScopeId scope, Histories before, SnapshotReader snapshot) {
        if (source == null) return;
        var part = part(scope);
        boolean there;
        try (var session = source.session(part.schema())) {
            there = session.has(Histories.table());
        }
        var found = there ? Histories.of(part, prefixes(scope), snapshot::rows) : Histories.NONE;
        if (!found.equals(before)) throw moved(scope);
        try {
            OwnerOnly.write(file(scope), JSON.writeValueAsBytes(found));
        } catch (IOException e) {
            throw OwnerOnly.unusable(file(scope), e);
        }
    }

    /** What was kept; {@link Histories#NONE} when nothing was. */
    Histories kept(ScopeId scope) {
        Path file = file(scope);
        if (!Files.exists(file)) return Histories.NONE;
        try {
            return JSON.readValue(file.toFile(), Histories.class);
        } catch (IOException e) {
            throw new Refusal(
                    Refusal.Kind.FAILED,
                    Problem.of(
                            file + " cannot be read: " + e.getMessage(),
                            "the file that the run wrote",
                            "the scopes are done; nothing was migrated behind them",
                            "put it back, then type: wfumig resume"),
                    e);
        }
    }

    /** What was kept of a scope that has come; it is not taken for none when the file is gone. */
    Histories waiting(ScopeId scope) {
        if (Files.exists(file(scope))) return kept(scope);
        throw new Refusal(
                Refusal.Kind.FAILED,
                Problem.of(
                        file(scope) + " is not there",
                        "the source's history of migrations, which the export of " + scope + " wrote",
                        "the scopes are done; the target's own history is as it was",
                        "put it back and type: wfumig resume; or wfumig schema status, to see what is to be done by hand"));
    }

    /** Forgets all of them. */
    void forget() throws IOException {
        if (!Files.isDirectory(folder)) return;
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) Files.delete(file);
        }
        Files.delete(folder);
    }

    private Path file(ScopeId scope) {
        return folder.resolve(scope + ".json");
    }

    /** Where the source's histories stand. */
    private Part part(ScopeId scope) {
        return MigrateRunner.part(graph, graph.scope(scope)).in(graph.source().schema());
    }

    /** A scope may hold tables of its site's part, and of the part that is the whole. */
    private Set<String> prefixes(ScopeId scope) {
        return new LinkedHashSet<>(List.of(
                MigrateRunner.part(graph, graph.scope(scope)).prefix(),
                MigrateRunner.whole(graph).prefix()));
    }

    private static Refusal moved(ScopeId scope) {
        return new Refusal(
                Refusal.Kind.PASSING,
                Problem.of(
                        "versioned SQL was applied to the source at the moment in which " + scope + " was read",
                        "tables and a history of one moment",
                        "the target is untouched",
                        "wfumig resume, once nobody migrates the source"));
    }
}
