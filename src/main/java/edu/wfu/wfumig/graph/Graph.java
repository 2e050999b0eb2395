package edu.wfu.wfumig.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.wfu.wfumig.Digest;
import edu.wfu.wfumig.Location;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.wordpress.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What will happen: the compiled plan. Data, so that it can be printed, stored and compared.
 *
 * @param planDigest digest of the plan it was compiled from
 * @param staging where tables are built and verified
 * @param landing where they stand on the target's server right before the cutover; the staging place, unless that is on
 *     a server of its own
 * @param kept where replaced tables stand after it
 * @param rules the rewrite rules, the author's and those that follow from addresses
 * @param mappings what the target's server lacks and what takes its place in definitions
 * @param caught what each of the plan's globs caught
 * @param risks what deserves a second look
 * @param steps in the order in which they would run one by one
 * @param edges what each step waits for, or follows
 * @param digest SHA-256 over what would be done: all of the above but risks and the servers' estimates of sizes
 */
public record Graph(
        String plan,
        String planDigest,
        Side source,
        Side target,
        Place staging,
        Place landing,
        Place kept,
        List<Scope> scopes,
        List<Rule> rules,
        List<Mapping> mappings,
        List<Caught> caught,
        List<String> risks,
        List<Step> steps,
        List<Edge> edges,
        String digest) {

    /** One end of the migration. */
    public record Side(
            String environment, String server, String identity, String schema, String prefix, boolean mariadb) {
        /** What the server is, as in {@code MariaDB}; its version follows in {@link #server}. */
        public String product() {
            return server.substring(0, Math.max(0, server.indexOf(' ')));
        }
    }

    /**
     * Where tables stand that nobody should see.
     *
     * @param schema the schema
     * @param own whether the schema is wfumig's own; if not, names in it are reserved ones
     */
    public record Place(String schema, boolean own) {}

    /** A word in definitions that the target's server lacks, and the word that takes its place. */
    public record Mapping(String kind, String from, String to) {}

    /** A rule of the plan and what it caught: tables, or columns. */
    public record Caught(String rule, Location at, List<String> names) {}

    /**
     * {@code from} must be done before {@code to} starts; or, where it follows, before {@code to} is done.
     *
     * @param follows whether {@code to} runs beside {@code from}
     */
    public record Edge(String from, String to, boolean follows) {}

    public Scope scope(ScopeId id) {
        return scopes.stream()
                .filter(scope -> scope.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scope " + id + " in this graph"));
    }

    /** Rows to move, as the source's server estimates them. */
    public long rows() {
        return scopes.stream().mapToLong(Scope::rows).sum();
    }

    /** Bytes to move, as the source's server estimates them. */
    public long bytes() {
        return scopes.stream().mapToLong(Scope::bytes).sum();
    }

    /** The part that ends before the first cutover: what a rehearsal does. It keeps the digest of what it is a part of. */
    public Graph rehearsal() {
        var left = steps.stream().filter(Graph::rehearsed).toList();
        var ids = left.stream().map(Step::id).collect(Collectors.toSet());
        var joined = new ArrayList<Edge>();
        for (Edge edge : edges) if (ids.contains(edge.from()) && ids.contains(edge.to())) joined.add(edge);
        for (Scope scope : scopes) {
            joined.add(new Edge(new Step.Verify(scope.id()).id(), new Step.Clean(scope.id()).id(), false));
        }
        return with(left, List.copyOf(joined), digest);
    }

    private Graph with(List<Step> steps, List<Edge> edges, String digest) {
        return new Graph(
                plan,
                planDigest,
                source,
                target,
                staging,
                landing,
                kept,
                scopes,
                rules,
                mappings,
                caught,
                risks,
                steps,
                edges,
                digest);
    }

    private static boolean rehearsed(Step step) {
        return step instanceof Step.Preflight
                || step instanceof Step.Export
                || step instanceof Step.Stage
                || step instanceof Step.Verify
                || step instanceof Step.Clean;
    }

    /** This graph with its digest. */
    Graph identified() {
        // In an order of its own: large sites may change places when a server estimates anew.
        var plainScopes = scopes.stream()
                .map(Scope::withoutEstimates)
                .sorted(Comparator.comparing(Scope::id))
                .toList();
        var plainSteps = steps.stream().map(Step::id).sorted().toList();
        var plainEdges = edges.stream().map(Edge::toString).sorted().toList();
        var what = List.of(
                planDigest,
                source,
                target,
                staging,
                landing,
                kept,
                plainScopes,
                rules,
                mappings,
                plainSteps,
                plainEdges);
        try {
            return with(steps, edges, Digest.of(new ObjectMapper().writeValueAsBytes(what)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a graph is plain data", e);
        }
    }
}
