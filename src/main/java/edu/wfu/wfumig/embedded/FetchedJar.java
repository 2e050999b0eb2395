package edu.wfu.wfumig.embedded;

import static java.util.Objects.requireNonNull;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A jar with a server's programs, which the tool is shipped without: fetched with the project's own Maven wrapper when a plan
 * asks for it the first time.
 *
 * @param what the server and its size, for messages
 * @param instead what the plan can say to do without it
 */
record FetchedJar(String group, String artifact, String version, String what, String instead) {
    /** The jar in the cache's folder of such jars. */
    Path in(Path cache) throws IOException {
        Path extras = cache.resolve("extras");
        Path jar = extras.resolve(artifact + "-" + version + ".jar");
        Files.createDirectories(extras);
        if (!Files.exists(jar)) fetchAlone(jar);
        if (!Files.exists(jar)) throw new IOException("Maven did not bring " + jar.getFileName());
        return jar;
    }

    /** One process fetches while others wait for it. */
    private void fetchAlone(Path jar) throws IOException {
        Path extras = requireNonNull(jar.getParent());
        synchronized (FetchedJar.class) {
            try (var file = new RandomAccessFile(extras.resolve("fetching").toFile(), "rw");
                    var alone = file.getChannel().lock()) {
                if (!Files.exists(jar)) fetch(extras);
            }
        }
    }

    private void fetch(Path into) throws IOException {
        String home = System.getProperty("wfumig.home", ".");
        System.err.println("fetching the embedded " + what + ", once …");
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        var process = new ProcessBuilder(List.of(
                        Path.of(home, windows ? "mvnw.cmd" : "mvnw").toString(),
                        "-q",
                        "-B",
                        "dependency:copy",
                        "-Dartifact=" + group + ":" + artifact + ":" + version,
                        "-DoutputDirectory=" + into))
                .directory(Path.of(home).toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.to(into.resolve("fetch.log").toFile()))
                .start();
        try {
            if (process.waitFor(15, TimeUnit.MINUTES) && process.exitValue() == 0) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroy();
        throw new Refusal(
                Refusal.Kind.FAILED,
                Problem.of(
                        "the embedded " + what + " could not be fetched; see " + into.resolve("fetch.log"),
                        "a network that reaches the Maven repository, the first time",
                        "nothing was written",
                        "try again, or name a server in the plan: " + instead));
    }
}
