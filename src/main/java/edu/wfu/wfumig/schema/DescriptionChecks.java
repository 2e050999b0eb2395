package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.Location;
import edu.wfu.wfumig.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What must be true of a description before anything runs: all that is wrong is told in one pass, with file, line and key. */
final class DescriptionChecks {
    private final Path folder;
    private final List<DescriptionEntry> entries;
    private final List<Problem> problems;
    private final Map<String, DescriptionEntry> byId = new LinkedHashMap<>();

    DescriptionChecks(Path folder, List<DescriptionEntry> entries, List<Problem> problems) {
        this.folder = folder;
        this.entries = entries;
        this.problems = problems;
    }

    void check() {
        if (entries.isEmpty()) return;
        ids();
        gaps();
        var files = new HashMap<String, String>();
        for (var entry : entries) {
            if (entry.version() == null) missing(entry, "version");
            if (entry.name() == null) missing(entry, "name");
            if (entry.file() == null) missing(entry, "file");
            else file(entry, "file", entry.file(), ".sql", files);
            if (entry.rollback() != null) file(entry, "rollback", entry.rollback(), ".down.sql", files);
        }
        dependencies();
        unlisted(files.keySet());
    }

    private void ids() {
        for (var entry : entries) {
            if (!entry.numbered()) {
                at(entry.at(), "'" + entry.id() + "' cannot be an id", "three digits or more, as in \"001\"");
            }
            if (byId.putIfAbsent(entry.id(), entry) != null) {
                at(entry.at(), "'" + entry.id() + "' stands here twice", "one migration for each id");
            }
        }
        var lengths = entries.stream()
                .filter(DescriptionEntry::numbered)
                .map(entry -> entry.id().length())
                .collect(Collectors.toSet());
        if (lengths.size() > 1) at(entries.get(0).at(), "ids of several lengths", "as many digits in each");
    }

    private void gaps() {
        var numbers = entries.stream()
                .filter(DescriptionEntry::numbered)
                .sorted((one, other) -> Integer.compare(one.number(), other.number()))
                .toList();
        int expected = 1;
        for (var entry : numbers) {
            if (entry.number() > expected) {
                String lacking = ("%0" + entry.id().length() + "d").formatted(expected);
                at(
                        entry.at(),
                        "'" + entry.id() + "' comes where " + lacking + " is missing",
                        "ids without a gap, from 001");
            }
            expected = entry.number() + 1;
        }
    }

    private void file(DescriptionEntry entry, String key, String name, String ending, Map<String, String> files) {
        String wanted = entry.id() + "_" + (entry.name() == null ? "name" : entry.name()) + ending;
        if (!name.equals(wanted)) {
            at(
                    entry.at(key),
                    "'" + key + "' of " + entry.id() + " is '" + name + "'",
                    "'" + wanted + "', its id and its name");
        } else if (!name.matches("\\d+_[A-Za-z0-9][A-Za-z0-9_-]*(\\.down)?\\.sql")) {
            at(entry.at("name"), "'" + entry.name() + "' cannot be a name", "letters, digits and underscores");
        }
        String other = files.putIfAbsent(name, entry.id());
        if (other != null) at(entry.at(key), "'" + name + "' is of " + other + " already", "a file for each");
        // A name that leads out of the folder was refused above; nothing is looked up with it.
        boolean plain = !name.isEmpty() && !name.contains("/") && !name.contains("\\");
        if (plain && !Files.isRegularFile(folder.resolve(name))) {
            at(entry.at(key), "'" + key + "' of " + entry.id() + ": there is no " + name, "a file in " + folder);
        }
    }

    private void dependencies() {
        var told = new HashSet<Set<String>>();
        for (var entry : byId.values()) {
            for (String needed : entry.dependencies()) {
                var other = byId.get(needed);
                String what = "'dependencies' of " + entry.id() + ": ";
                if (other == null) {
                    at(entry.at("dependencies"), what + "'" + needed + "' is not described", "one of " + byId.keySet());
                    continue;
                }
                var circle = way(needed, entry.id(), new HashSet<>());
                if (circle != null) {
                    if (!told.add(Set.copyOf(circle))) continue;
                    at(
                            entry.at("dependencies"),
                            what + entry.id() + " needs " + String.join(", which needs ", circle),
                            "dependencies without a circle");
                } else if (other.number() > entry.number()) {
                    at(
                            entry.at("dependencies"),
                            what + needed + " comes after it",
                            "ids that come before " + entry.id() + ": migrations run in the order of their ids");
                }
            }
        }
    }

    /** From one id to another along dependencies, both included; null when there is no way. */
    private @Nullable List<String> way(String from, String to, Set<String> seen) {
        if (from.equals(to)) return List.of(to);
        var entry = byId.get(from);
        if (entry == null || !seen.add(from)) return null;
        for (String next : entry.dependencies()) {
            var rest = way(next, to, seen);
            if (rest == null) continue;
            var whole = new ArrayList<String>();
            whole.add(from);
            whole.addAll(rest);
            return whole;
        }
        return null;
    }

    private void unlisted(Set<String> listed) {
        try (var files = Files.list(folder)) {
            files.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.toLowerCase(Locale.ROOT).endsWith(".sql") && !listed.contains(name))
                    .sorted()
                    .forEach(name -> at(
                            new Location(folder.resolve(name).toString(), 0),
                            "no migration of " + Description.FILE + " names this file",
                            "every SQL file of the folder described, as 'file' or 'rollback'"));
        } catch (IOException e) {
            at(new Location(folder.toString(), 0), "cannot be listed: " + e.getMessage(), "a folder of migrations");
        }
    }

    private void missing(DescriptionEntry entry, String key) {
        at(entry.at(), "'" + entry.id() + "' has no '" + key + "'", "a text");
    }

    private void at(Location at, String found, String expected) {
        problems.add(Problem.at(at, found, expected));
    }
}
