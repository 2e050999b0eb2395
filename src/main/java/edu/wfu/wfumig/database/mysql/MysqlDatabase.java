package edu.wfu.wfumig.database.mysql;

import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.MysqlDataSource;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.BulkLoader;
import edu.wfu.wfumig.database.Catalogue;
import edu.wfu.wfumig.database.Claim;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.Dialect;
import edu.wfu.wfumig.database.Intake;
import edu.wfu.wfumig.database.LoadGauge;
import edu.wfu.wfumig.database.Proof;
import edu.wfu.wfumig.database.RunTable;
import edu.wfu.wfumig.database.SchemaEditor;
import edu.wfu.wfumig.database.ServerLock;
import edu.wfu.wfumig.database.Snapshot;
import edu.wfu.wfumig.database.Swapper;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A MySQL or MariaDB server. Two kinds of connections: one that speaks text (utf8mb4), for names and definitions, and
 * one that speaks bytes (the binary character set, where each char of a statement is a byte), for rows.
 */
public final class MysqlDatabase implements Database {
    /**
     * Zero dates, odd dates and an AUTO_INCREMENT of 0 come in as they are. A RENAME that waits blocks everybody behind
     * it, so nothing waits long for a table.
     */
    private static final String SESSION =
            "SET SESSION time_zone = '+00:00', sql_mode = 'NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES',"
                    + " foreign_key_checks = 0, unique_checks = 0, net_write_timeout = 86400, net_read_timeout = 86400,"
                    + " wait_timeout = 86400, lock_wait_timeout = 60";

    /** Stands from the first lock that is taken: when that was given up, nothing is written any more but under another. */
    private volatile MysqlFence fence = MysqlFence.NONE;

    private final String host;
    private final int port;
    private final String user;
    private final String password;

    /** As the driver calls it. */
    private final String sslMode;

    /** What each thread has open. */
    private final Map<Thread, List<Connection>> opened = new ConcurrentHashMap<>();

    /** Reaches the server in the clear on this machine, and elsewhere encrypted if it offers that. */
    public MysqlDatabase(String host, int port, String user, String password) {
        this(host, port, user, password, here(host) ? "DISABLED" : "PREFERRED");
    }

    /**
     * @param sslMode {@code DISABLED}, {@code REQUIRED} or {@code VERIFY_IDENTITY}
     */
    public MysqlDatabase(String host, int port, String user, String password, String sslMode) {
        this.sslMode = sslMode;
        this.host = host;
        this.port = port;
        this.user = user;
        this.password = password;
    }

    @Override
    public Dialect dialect() {
        return new MysqlDialect();
    }

    @Override
    public Catalogue catalogue() {
        return new MysqlCatalogue(text(), host + ":" + port, user);
    }

    @Override
    public Snapshot snapshot(String schema, List<String> tables, int readers) {
        return MysqlSnapshot.of(schema, tables, readers, this::text, () -> bytes(schema, false));
    }

    @Override
    public BulkLoader loader(String schema) {
        return new MysqlLoader(admitted(bytes(schema, true)), fence);
    }

    @Override
    public SchemaEditor editor() {
        return new MysqlEditor(admitted(text()), fence);
    }

    @Override
    public Swapper swapper() {
        return new MysqlSwapper(catalogue(), editor());
    }

    @Override
    public RunTable runs(String schema) {
        return new MysqlRunTable(this::editor, schema);
    }

    @Override
    public Proof proof(String schema) {
        return new MysqlProof(bytes(schema, false));
    }

    @Override
    public ServerLock lock(Claim claim) {
        var lock = MysqlLock.take(text(), claim);
        fence = lock;
        return lock;
    }

    @Override
    public LoadGauge gauge(boolean lag) {
        return new MysqlGauge(this::text, this::working, host + ":" + port, user, lag);
    }

    @Override
    public Intake intake(String schema) {
        return new MysqlIntake(
                this::text,
                () -> open(null, "ISO-8859-1", "SET NAMES binary", false),
                this::catalogue,
                user,
                schema,
                fence);
    }

    /** How many of the connections that were opened here are at a statement. */
    private int working() {
        int working = 0;
        for (var connections : opened.values()) {
            for (var connection : connections) {
                try {
                    if (!connection.isClosed()
                            && connection.unwrap(JdbcConnection.class).getActiveStatementCount() > 0) working++;
                } catch (SQLException e) {
                    // It was closed in between.
                }
            }
        }
        return working;
    }

    private Connection admitted(Connection writer) {
        try {
            fence.admit(writer);
            return writer;
        } catch (SQLException e) {
            throw MysqlFailure.of("opening a connection that writes", e);
        }
    }

    @Override
    public void release(Thread thread) {
        for (var connection : opened.getOrDefault(thread, List.of())) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                // It is closed already.
            }
        }
    }

    private void remember(Connection connection) throws SQLException {
        var mine = opened.computeIfAbsent(Thread.currentThread(), thread -> new CopyOnWriteArrayList<>());
        for (var old : mine) if (old.isClosed()) mine.remove(old);
        mine.add(connection);
    }

    private Connection text() {
        return open(null, "UTF-8", "SET NAMES utf8mb4", false);
    }

    private Connection bytes(String schema, boolean loads) {
        return open(schema, "ISO-8859-1", "SET NAMES binary", loads);
    }

    /**
     * @param loads whether the server may ask for rows: only where a stream answers, because what has no stream is read
     *     from a file of the server's choice
     */
    private Connection open(@Nullable String schema, String encoding, String names, boolean loads) {
        try {
            var source = new MysqlDataSource();
            source.setUrl("jdbc:mysql://" + host + ":" + port + "/");
            source.setUser(user);
            source.setPassword(password);
            source.setCharacterEncoding(encoding);
            source.setConnectTimeout(10_000);
            source.setTcpKeepAlive(true);
            source.setJdbcCompliantTruncation(false);
            // The driver would give each streamed read ten minutes between two rows; a throttled one may wait longer.
            source.setNetTimeoutForStreamingResults(0);
            source.setAllowLoadLocalInfile(loads);
            source.setSslMode(sslMode);
            source.setAllowPublicKeyRetrieval(here(host));
            source.initializeProperties(new Properties());
            var connection = source.getConnection();
            try (var statement = connection.createStatement()) {
                statement.execute(names);
                statement.execute(SESSION);
                remember(connection);
                if (schema != null) statement.execute("USE " + MysqlText.inBytes(MysqlText.name(schema)));
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return connection;
        } catch (SQLException e) {
            throw new Refusal(MysqlFailure.kind(e), explain(e), e);
        }
    }

    private static boolean here(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    private Problem explain(SQLException e) {
        String place = host + ":" + port;
        String safe = "nothing was written";
        return switch (e.getErrorCode()) {
            case 1045 ->
                Problem.of(
                        "the server at " + place + " refuses user '" + user + "' with this password",
                        "an account that may log in",
                        safe,
                        "check the plan's user and the secret it names");
            case 1044, 1049 ->
                Problem.of(
                        "the server at " + place + " says: " + e.getMessage(),
                        "a schema that exists and that user '" + user + "' may use",
                        safe,
                        "create the schema, grant it, or correct the plan");
            case 1130, 1698 ->
                Problem.of(
                        "the server at " + place + " does not let user '" + user + "' in from here: " + e.getMessage(),
                        "an account for this host, with a password",
                        safe,
                        "CREATE USER … for this host, or name another user in the plan");
            case 1820, 1862, 3118, 4151 ->
                Problem.of(
                        "the account '" + user + "' at " + place + " is locked or its password has expired: "
                                + e.getMessage(),
                        "an account that may log in",
                        safe,
                        "ALTER USER … ACCOUNT UNLOCK, or give it a new password");
            case 3159 ->
                Problem.of(
                        "the server at " + place + " takes encrypted connections only: " + e.getMessage(),
                        "an encrypted connection",
                        safe,
                        "let the plan ask for one");
            case 1040 ->
                Problem.of(
                        "the server at " + place + " has no connection left",
                        "room for a few connections",
                        safe,
                        "raise max_connections or try again later");
            case 0 ->
                Problem.of(
                        "no MySQL or MariaDB server answers at " + place,
                        "a server that takes connections",
                        safe,
                        "check host and port in the plan, then the server itself");
            default -> Problem.of(place + ": " + e.getMessage(), "a connection", safe, "see the server's message");
        };
    }
}
