package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.Address;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Proof;
import edu.wfu.wfumig.database.TableDefinition;
import edu.wfu.wfumig.dump.Manifest;
import edu.wfu.wfumig.executor.Pulse;
import edu.wfu.wfumig.executor.StepRunner;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.graph.Step;
import edu.wfu.wfumig.plan.Verify;
import edu.wfu.wfumig.wordpress.TableOwner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Proves that staging holds what it must: the source's rows, rewritten, and nothing else.
 *
 * <ol>
 *   <li>Every table of the migrated dump is in staging; its count and digest, computed by the server, are those that
 *       were computed while the rows moved; but for those that were {@link Proven} when they had just been loaded, a moment
 *       ago. Comparing nothing is a failure.
 *   <li>{@code home} and {@code siteurl} do not answer at the source any more.
 *   <li>Rows that point nowhere are counted: for the report, because the source may have them.
 * </ol>
 *
 * Safe to repeat: it only reads.
 */
public final class VerifyRunner implements StepRunner<Step.Verify> {
    static final String STAGING = "staging";

    /** Child, column, parent, key of WordPress's own tables. Source: wp-admin/includes/schema.php. */
    private static final List<List<String>> POINTERS = List.of(
            List.of("postmeta", "post_id", "posts", "ID"),
            List.of("comments", "comment_post_ID", "posts", "ID"),
            List.of("commentmeta", "comment_id", "comments", "comment_ID"),
            List.of("term_relationships", "term_taxonomy_id", "term_taxonomy", "term_taxonomy_id"),
            List.of("term_taxonomy", "term_id", "terms", "term_id"),
            List.of("termmeta", "term_id", "terms", "term_id"),
            List.of("usermeta", "user_id", "users", "ID"));

    private final Graph graph;
    private final Verify wanted;
    private final StagingArea staging;
    private final String where;
    private final WorkFolder work;
    private final Streams streams;

    /**
     * @param staging where the tables are
     * @param where how people call that place
     */
    VerifyRunner(Graph graph, Verify wanted, StagingArea staging, String where, WorkFolder work, Streams streams) {
        this.where = where;
        this.streams = streams;
        this.graph = graph;
        this.wanted = wanted;
        this.staging = staging;
        this.work = work;
    }

    @Override
    public Map<String, Object> run(Step.Verify step, Pulse pulse) throws Exception {
        var scope = graph.scope(step.scope());
        var manifest = Manifest.of(work.migrated(scope.id()));
        var staged = manifest.tables().stream()
                .map(table -> staging.staged(table.name()))
                .toList();
        Map<String, TableDefinition> definitions = new LinkedHashMap<>();
        try (var catalogue = staging.database().catalogue()) {
            var present = catalogue.present(staging.schema(), staged);
            var missing =
                    staged.stream().filter(table -> !present.contains(table)).toList();
            if (!missing.isEmpty()) throw mismatch(scope, List.of("tables are missing: " + missing));
            catalogue.define(staging.schema(), staged).forEach(table -> definitions.put(table.name(), table));
        }
        var differences = Collections.synchronizedList(new ArrayList<String>());
        var orphans = new AtomicLong();
        var checks = new ArrayList<Check>();
        if (wanted.orphans()) checks.addAll(pointers(scope, definitions, orphans));
        if (wanted.foreignKeys()) checks.add((proof, crew) -> differences.addAll(proof.brokenKeys(staged)));
        if (wanted.digests()) {
            for (var piece : left(scope, manifest, pulse)) checks.add(digest(piece, definitions, differences));
        } else {
            for (var table : manifest.tables()) checks.add(count(table, differences));
        }
        try (var proofs = new Proofs(checks.size())) {
            Crew.share(pulse, proofs.all, checks, (proof, check, crew) -> check.run(proof, crew));
        }
        if (manifest.tables().isEmpty()) differences.add("there was nothing to compare");
        addresses(scope, differences);
        if (!differences.isEmpty()) throw mismatch(scope, differences);
        long lost = orphans.get();
        if (lost > 0) pulse.say(Quantity.of(lost, "row") + " point at rows that are not there");
        return Map.of("tables", manifest.tables().size(), "rows", manifest.rows(), "orphans", lost);
    }

    /** One of the questions that several connections share. */
    private interface Check {
        void run(Proof proof, Crew crew);
    }

    /** What was not proved while other tables were still loaded. */
    private List<Piece> left(Scope scope, Manifest manifest, Pulse pulse) {
        var all = Piece.of(manifest.tables());
        var left = streams.proven().left(scope.id(), all);
        if (left.size() < all.size()) {
            pulse.say((all.size() - left.size()) + " of " + all.size()
                    + " key ranges were proved while others were still loaded");
            long rows =
                    left.stream().mapToLong(piece -> piece.expected().rows()).sum();
            pulse.moved(manifest.rows() - rows, 0);
        }
        return left;
    }

    /** More than there are loaders, because a server that proves waits for its disk. */
    private final class Proofs implements AutoCloseable {
        private final List<Proof> all = new ArrayList<>();

        Proofs(int pieces) {
            int width = Math.max(1, Math.min(2 * streams.perScope(), pieces));
            for (int i = 0; i < width; i++) all.add(staging.database().proof(staging.schema()));
        }

        @Override
        public void close() {
            all.forEach(Proof::close);
        }
    }

    private Check count(Manifest.TablePart table, List<String> differences) {
        return (proof, crew) -> {
            long count = proof.count(staging.staged(table.name()));
            if (count != table.rows()) {
                differences.add(table.name() + " holds " + count + " rows, expected " + table.rows());
            }
            crew.moved(table.rows(), 0);
        };
    }

    private Check digest(Piece piece, Map<String, TableDefinition> definitions, List<String> differences) {
        return (proof, crew) -> {
            var definition = definitions.get(staging.staged(piece.table().name()));
            if (definition != null) compare(piece, definition, proof, differences);
            crew.moved(piece.expected().rows(), 0);
        };
    }

    private void compare(Piece piece, TableDefinition definition, Proof proof, List<String> differences) {
        var expected = piece.expected();
        var found = piece.found(definition, proof);
        if (found.rows() != expected.rows()) {
            differences.add(piece + " holds " + found.rows() + " rows, expected " + expected.rows());
        } else if (!found.equals(expected)) {
            differences.add(piece + " holds other values than those that were moved");
        }
    }

    /** One for each pointer whose two tables are in staging. */
    private List<Check> pointers(Scope scope, Map<String, TableDefinition> definitions, AtomicLong orphans) {
        String prefix = scope.site() == null
                ? graph.target().prefix()
                : TableOwner.sitePrefix(graph.target().prefix(), scope.site().id());
        var checks = new ArrayList<Check>();
        for (var pointer : POINTERS) {
            String child = staging.staged(prefix + pointer.get(0));
            String parent = staging.staged(prefix + pointer.get(2));
            if (!definitions.containsKey(child) || !definitions.containsKey(parent)) continue;
            checks.add((proof, crew) -> {
                crew.lookAround();
                try {
                    orphans.addAndGet(proof.orphans(child, pointer.get(1), parent, pointer.get(3)));
                } catch (Refusal refused) {
                    // The count is only told: that a server has no room to find it fails no site.
                    if (refused.kind() == Refusal.Kind.PASSING) throw refused;
                    crew.pulse()
                            .say("rows of " + child + " that point nowhere were not counted: " + refused.getMessage());
                }
            });
        }
        return checks;
    }

    /** Where the site believes it lives. */
    private void addresses(Scope scope, List<String> differences) {
        var site = scope.site();
        var address = scope.address();
        if (site == null || address == null) return;
        String options = TableOwner.sitePrefix(graph.target().prefix(), site.id()) + "options";
        if (!scope.tableNames().contains(options)) return;
        String source = site.address().host();
        try (var catalogue = staging.database().catalogue()) {
            String table = staging.database().dialect().name(staging.schema(), staging.staged(options));
            var rows = catalogue.rows(
                    "SELECT option_name, option_value FROM " + table + " WHERE option_name IN ('home','siteurl')");
            for (var row : rows) {
                String host = Address.ofUrl(row.get(1)).host();
                if (host.equals(source) && !address.host().equals(source)) {
                    differences.add(row.get(0) + " of " + scope.id() + " is still " + row.get(1));
                }
            }
        }
    }

    private Refusal mismatch(Scope scope, List<String> differences) {
        return new Refusal(
                Refusal.Kind.MISMATCH,
                Problem.of(
                        scope.id() + " is not in " + where + " as it should be: " + String.join("; ", differences),
                        where.equals(STAGING) ? "the source's rows, rewritten" : "the rows that it is held against",
                        "the target is untouched",
                        where.equals(STAGING) ? "wfumig logs of the run, then wfumig resume" : ""));
    }
}
