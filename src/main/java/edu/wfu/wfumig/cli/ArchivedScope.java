package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.archive.ArchiveStore.Stored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What an archive holds of one scope of a run, or of the run itself.
 *
 * @param scope {@code site-43}, {@code network}, or {@code run} for plan, ledger and report
 * @param key what the keys of its files begin with
 * @param files their names, sorted
 */
record ArchivedScope(String run, String scope, String key, long bytes, List<String> files) {
    private static final Pattern KEY = Pattern.compile("(.*/\\d{4}/\\d{2}/\\d{2}/([^/]+)/)(?:([^/]+)/)?([^/]+)");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T.*");

    /** By run, the newest first; within a run by scope. Keys of other forms are somebody else's. */
    static List<ArchivedScope> of(List<Stored> all) {
        var scopes = new LinkedHashMap<String, ArchivedScope>();
        for (var stored : all) {
            var parts = KEY.matcher(stored.key());
            if (!parts.matches()) continue;
            String scope = parts.group(3) == null ? "run" : parts.group(3);
            String key = parts.group(3) == null ? parts.group(1) : parts.group(1) + scope + "/";
            var held = scopes.computeIfAbsent(
                    key, missing -> new ArchivedScope(parts.group(2), scope, missing, 0, List.of()));
            scopes.put(key, held.with(parts.group(4), stored.bytes()));
        }
        return scopes.values().stream()
                .sorted(Comparator.comparing(ArchivedScope::time)
                        .reversed()
                        .thenComparing(ArchivedScope::run)
                        .thenComparing(ArchivedScope::number)
                        .thenComparing(ArchivedScope::scope))
                .toList();
    }

    private ArchivedScope with(String file, long more) {
        var with = new ArrayList<>(files);
        with.add(file);
        return new ArchivedScope(run, scope, key, bytes + more, List.copyOf(with));
    }

    private String time() {
        var time = TIME.matcher(run);
        return time.find() ? time.group() : "";
    }

    private long number() {
        return scope.matches("site-\\d{1,18}") ? Long.parseLong(scope.substring(5)) : -1;
    }
}
