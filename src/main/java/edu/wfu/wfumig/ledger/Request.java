package edu.wfu.wfumig.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;

/** What somebody at another terminal wants of a run: a word in a file of its folder, read and removed by the run. */
public enum Request {
    /** Start nothing new; what runs comes to its end. */
    PAUSE,
    /** Stop at the next safe moment. */
    ABORT;

    private static final String FILE = "request";

    /** Leaves the request in a run's folder. */
    public void leave(Path folder) throws IOException {
        Path draft = folder.resolve(FILE + ".draft");
        Files.writeString(draft, name().toLowerCase(Locale.ROOT));
        Files.move(draft, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Takes the request that lies in a run's folder. */
    public static Optional<Request> take(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) return Optional.empty();
        String word = Files.readString(file).trim().toUpperCase(Locale.ROOT);
        Files.delete(file);
        for (var request : values()) if (request.name().equals(word)) return Optional.of(request);
        return Optional.empty();
    }
}
