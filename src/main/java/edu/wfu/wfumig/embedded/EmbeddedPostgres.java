package edu.wfu.wfumig.embedded;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server of wfumig's own, in a folder of its own, on a port of its own.
 *
 * <ol>
 *   <li>The folder is locked, so that two processes never share it.
 *   <li>A server that a killed process left behind is found by its pid file and stopped.
 *   <li>Programs are unpacked once; data stays, so that a later command finds what an earlier one made.
 *   <li>The account is given a new password at every start, while the server runs for nobody else.
 *   <li>{@code pg_ctl} starts it in a session of its own: Ctrl-C on a terminal does not reach it.
 * </ol>
 */
public final class EmbeddedPostgres implements AutoCloseable {
    public static final String USER = "wfumig";

    private final Commands commands;
    private final HeldFolder held;
    private final int port;
    private final String password;
    private final Thread atExit = new Thread(this::stopQuietly, "stop the embedded PostgreSQL");

    private EmbeddedPostgres(Commands commands, HeldFolder held, int port, String password) {
        this.commands = commands;
        this.held = held;
        this.port = port;
        this.password = password;
    }

    /** The major versions that can be started, the newest last. */
    public static List<Integer> majors() {
        return Product.load().embeddedPostgres().stream()
                .map(EmbeddedPostgres::major)
                .toList();
    }

    private static int major(String version) {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }

    /**
     * @param cache where programs are kept
     * @param folder where this server's data is kept
     * @param major a version out of {@link #majors()}
     * @param settings further lines of {@code postgresql.conf}, as in {@code fsync = off}
     */
    public static EmbeddedPostgres start(Path cache, Path folder, int major, String... settings) {
        String version = Product.load().embeddedPostgres().stream()
                .filter(one -> major(one) == major)
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.INVALID,
                        Problem.of(
                                "there is no embedded PostgreSQL " + major,
                                "one of " + majors(),
                                "nothing was written",
                                "name another version, or a server: postgres { … }")));
        try {
            return start(PostgresPrograms.of(version, cache), HeldFolder.hold(folder, "PostgreSQL"), major, settings);
        } catch (IOException e) {
            throw new Refusal(
                    Refusal.Kind.FAILED,
                    Problem.of(
                            "the embedded PostgreSQL " + version + " did not start: " + e.getMessage(),
                            "a folder that can be written, with 200 MB of room: " + folder,
                            "nothing was written to any other database",
                            "look into " + folder.resolve("server.log") + ", or delete " + folder),
                    e);
        }
    }

    private static EmbeddedPostgres start(PostgresPrograms programs, HeldFolder held, int major, String... settings)
            throws IOException {
        Path data = held.path().resolve("data");
        var commands = new Commands(programs, data, Unprivileged.before(programs, held.path()));
        if (Files.exists(data.resolve("PG_VERSION"))) {
            String made = Files.readString(data.resolve("PG_VERSION")).strip();
            if (!made.equals(Integer.toString(major))) throw new IOException("its data was made by PostgreSQL " + made);
            stopLeftBehind(commands);
        } else {
            commands.initialize();
        }
        String password = newPassword();
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var lines = new ArrayList<>(List.of(
                "listen_addresses = '127.0.0.1'",
                "port = " + port,
                "unix_socket_directories = ''",
                "max_connections = 200",
                "password_encryption = 'scram-sha-256'",
                "logging_collector = off",
                "timezone = 'UTC'",
                "lc_messages = 'C'"));
        lines.addAll(Arrays.asList(settings));
        Files.write(
                data.resolve("wfumig.conf"), lines, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        Files.writeString(data.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
        commands.alone("ALTER ROLE " + USER + " PASSWORD '" + password + "'");
        commands.start(held.path().resolve("server.log"));
        var server = new EmbeddedPostgres(commands, held, port, password);
        Runtime.getRuntime().addShutdownHook(server.atExit);
        return server;
    }

    private static String newPassword() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static void stopLeftBehind(Commands commands) throws IOException {
        Path pidFile = commands.data().resolve("postmaster.pid");
        if (!Files.exists(pidFile)) return;
        long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
        boolean runs = ProcessHandle.of(pid)
                .filter(process -> process.info().command().orElse("").contains("postgres"))
                .isPresent();
        if (runs) commands.stop();
        else Files.deleteIfExists(pidFile);
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

    /** Whether {@code database} is there. */
    public boolean has(String database) {
        try (var connection = connect("postgres");
                var statement = connection.prepareStatement("SELECT 1 FROM pg_catalog.pg_database WHERE datname = ?")) {
            statement.setString(1, database);
            try (var row = statement.executeQuery()) {
                return row.next();
            }
        } catch (SQLException e) {
            throw failed("looking for database " + database, e);
        }
    }

    /** Makes {@code database} when it is not there. */
    public void create(String database) {
        if (!has(database)) run("CREATE DATABASE " + name(database), "postgres");
    }

    /** Drops {@code database} if it is there, whoever is connected to it. */
    public void drop(String database) {
        run("DROP DATABASE IF EXISTS " + name(database) + " WITH (FORCE)", "postgres");
    }

    /** Fills {@code database} anew from an SQL file as {@code pg_dump} writes it, which may be gzipped. */
    public void load(String database, Path file) {
        drop(database);
        create(database);
        try (InputStream in = open(file);
                var connection = connect(database)) {
            SqlScript.run(in, connection);
        } catch (IOException | SQLException e) {
            throw new Refusal(
                    Refusal.Kind.FAILED,
                    Problem.of(
                            file + " could not be loaded into the embedded PostgreSQL: " + e.getMessage(),
                            "an SQL file, plain or gzipped",
                            "nothing was written to any other database",
                            "check the file"),
                    e);
        }
    }

    /** Runs statements, all in one transaction unless one of them says otherwise. */
    public void run(String sql, String database) {
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failed("running " + (sql.length() > 120 ? sql.substring(0, 120) + "…" : sql), e);
        }
    }

    private Connection connect(String database) throws SQLException {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {host()});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(USER);
        source.setPassword(password);
        return source.getConnection();
    }

    private static Refusal failed(String doing, SQLException e) {
        return new Refusal(
                Refusal.Kind.FAILED,
                Problem.of("while " + doing + " the embedded PostgreSQL said: " + e.getMessage(), "", "", ""),
                e);
    }

    private static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static InputStream open(Path file) throws IOException {
        var in = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM ends, and the hook runs anyhow.
        }
        try {
            commands.stop();
            held.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void stopQuietly() {
        try {
            commands.stop();
        } catch (IOException e) {
            // It is found by its pid file at the next start.
        }
    }

    /** PostgreSQL's own programs at work on one data folder. */
    private record Commands(PostgresPrograms programs, Path data, List<String> before) {
        void initialize() throws IOException {
            String accounts = "--username=" + USER;
            run("", "initdb", "-D", data.toString(), accounts, "--encoding=UTF8", "--locale=C", "-A", "reject", "-N");
            String conf = "\ninclude 'wfumig.conf'\n";
            Files.writeString(data.resolve("postgresql.conf"), conf, StandardOpenOption.APPEND);
        }

        /** Runs a statement in a server that takes no connections. */
        void alone(String sql) throws IOException {
            run(sql + "\n", "postgres", "--single", "-D", data.toString(), "postgres");
        }

        void start(Path log) throws IOException {
            run("", "pg_ctl", "start", "-w", "-t", "60", "-D", data.toString(), "-l", log.toString());
        }

        void stop() throws IOException {
            run("", "pg_ctl", "stop", "-w", "-t", "60", "-m", "fast", "-D", data.toString());
        }

        private void run(String input, String program, String... arguments) throws IOException {
            var words = new ArrayList<>(before);
            words.add(programs.program(program));
            words.addAll(List.of(arguments));
            var builder = new ProcessBuilder(words).redirectErrorStream(true);
            builder.environment().put("LC_ALL", "C");
            builder.environment().keySet().removeIf(variable -> variable.startsWith("PG"));
            var process = builder.start();
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // The program ended early; what it said is the better message.
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.onExit().join().exitValue() != 0) throw new IOException(program + " said: " + said.strip());
        }
    }
}
