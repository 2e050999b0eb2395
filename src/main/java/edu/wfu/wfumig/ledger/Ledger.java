package edu.wfu.wfumig.ledger;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The ledger of one run: its journal, the state folded from it, and its folder. */
public final class Ledger implements AutoCloseable {
    private final Path folder;
    private final EventLog log;
    private final RunState state;
    private final List<Consumer<Journal.Entry>> readers = new CopyOnWriteArrayList<>();

    private final @Nullable FileChannel lock;

    private Ledger(Path folder, EventLog log, RunState state, @Nullable FileChannel lock) {
        this.lock = lock;
        this.folder = folder;
        this.log = log;
        this.state = state;
    }

    /** Opens the ledger in {@code folder}, making it when it is not there. */
    public static Ledger open(Path folder) {
        try {
            Files.createDirectories(folder.resolve("logs"));
            var lock = lock(folder);
            var entries = Journal.read(folder.resolve("journal.jsonl"));
            var journal = Journal.open(folder.resolve("journal.jsonl"), entries);
            return new Ledger(folder, journal, fold(folder, entries), lock);
        } catch (IOException e) {
            throw new Refusal(
                    Refusal.Kind.FAILED,
                    Problem.of(
                            "the state folder " + folder + " cannot be used: " + e,
                            "a folder that can be written",
                            "nothing was written to any database",
                            "name another with --state-dir"),
                    e);
        }
    }

    /** One process writes a run's folder, also when it is stopped and its locks on servers have run out. */
    private static FileChannel lock(Path folder) throws IOException {
        var file = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (file.tryLock() != null) return file;
        } catch (OverlappingFileLockException e) {
            // This very process has it open.
        }
        file.close();
        throw new Refusal(
                Refusal.Kind.LOCKED,
                Problem.of(
                        folder.getFileName() + " goes on in another process",
                        "a run that has ended or was killed",
                        "nothing was changed",
                        "wfumig status " + folder.getFileName()));
    }

    /** A ledger whose events are kept elsewhere than on disk. */
    public static Ledger of(Path folder, EventLog log, List<Journal.Entry> past) {
        return new Ledger(folder, log, fold(folder, past), null);
    }

    /** The state of the run in {@code folder}, without opening it for writing. */
    public static RunState peek(Path folder) throws IOException {
        return fold(folder, Journal.read(folder.resolve("journal.jsonl")));
    }

    private static RunState fold(Path folder, List<Journal.Entry> entries) {
        var state = new RunState(folder.getFileName().toString());
        entries.forEach(entry -> state.apply(entry.event(), entry.at()));
        return state;
    }

    /** Records an event; when this returns, it is on disk and part of the state. */
    public void record(Event event) {
        Journal.Entry entry;
        synchronized (this) {
            entry = log.append(event);
            state.apply(event, entry.at());
        }
        readers.forEach(reader -> reader.accept(entry));
    }

    /** Calls {@code reader} after every event from now on. */
    public void follow(Consumer<Journal.Entry> reader) {
        readers.add(reader);
    }

    public RunState state() {
        return state;
    }

    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        try {
            log.close();
            if (lock != null) lock.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
