package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.archive.ArchiveStore;
import edu.wfu.wfumig.dump.DumpCheck;
import edu.wfu.wfumig.dump.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Fetches files of one run into a folder, and proves its dumps. Safe to repeat. */
record ArchiveFetch(ArchiveStore archive, String run, Path into) {
    private static final String DUMP = ".sql.zst";

    /** What was fetched and proved. */
    record Fetched(int files, int dumps, long rows) {}

    /**
     * @param part what keys begin with, within the run; empty for all of it
     * @throws Refusal when a dump and its manifest do not agree; they stay for a look
     */
    Fetched fetch(String part) throws IOException {
        var dumps = new ArrayList<Path>();
        int files = 0;
        for (var stored : archive.list(run + part)) {
            Path file = place(stored.key().substring(run.length()));
            Files.createDirectories(file.getParent());
            Path draft = file.resolveSibling("." + file.getFileName() + ".draft");
            try {
                archive.fetch(stored.key(), draft);
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
            files++;
            if (file.getFileName().toString().endsWith(DUMP)) dumps.add(file);
        }
        return new Fetched(files, dumps.size(), proved(dumps));
    }

    /** A key says where a file goes, but never out of the folder. */
    private Path place(String key) throws IOException {
        Path place = into.resolve(key).normalize();
        if (!place.startsWith(into.normalize())) throw new IOException("the key " + key + " leads out of " + into);
        return place;
    }

    private static long proved(List<Path> dumps) throws IOException {
        var problems = new ArrayList<Problem>();
        long rows = 0;
        for (Path dump : dumps) {
            if (!Manifest.isComplete(dump)) {
                problems.add(Problem.of(
                        dump + " has no manifest in the archive",
                        "a manifest beside every dump",
                        "nothing of it was used",
                        "archive the run again: wfumig resume"));
                continue;
            }
            try {
                rows += DumpCheck.of(dump).rows();
            } catch (Refusal refusal) {
                problems.addAll(refusal.problems());
            }
        }
        if (problems.isEmpty()) return rows;
        throw new Refusal(Refusal.Kind.MISMATCH, problems);
    }
}
