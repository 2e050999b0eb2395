package edu.wfu.wfumig.database.mysql;

import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.MysqlDataSource;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Encryption;
import edu.wfu.wfumig.database.jdbc.OpenConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to one server and remembers which thread has which. Two kinds: one that speaks text (utf8mb4), for names
 * and definitions, and one that speaks bytes (the binary character set, where each char of a statement is a byte), for rows.
 */
final class MysqlConnections {
    /**
     * Zero dates, odd dates and an AUTO_INCREMENT of 0 come in as they are. A RENAME that waits blocks everybody behind
     * it, so nothing waits long for a table.
     */
    private static final String SESSION =
            "SET SESSION time_zone = '+00:00', sql_mode = 'NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES',"
                    + " foreign_key_checks = 0, unique_checks = 0, net_write_timeout = 86400, net_read_timeout = 86400,"
                    + " wait_timeout = 86400, lock_wait_timeout = 60";

    private final MysqlAddress address;
    private final String password;
    private @Nullable MysqlTrust trust;

    private final OpenConnections opened = new OpenConnections();

    MysqlConnections(MysqlAddress address, String password) {
        this.address = address;
        this.password = password;
    }

    Connection text() {
        return open(null, "UTF-8", "SET NAMES utf8mb4", false);
    }

    Connection bytes(@Nullable String schema, boolean loads) {
        return open(schema, "ISO-8859-1", "SET NAMES binary", loads);
    }

    /**
     * @param loads whether the server may ask for rows: only where a stream answers, because what has no stream is read
     *     from a file of the server's choice
     */
    private Connection open(@Nullable String schema, String encoding, String names, boolean loads) {
        try {
            var source = new MysqlDataSource();
            source.setUrl("jdbc:mysql://" + address.place() + "/");
            source.setUser(address.user());
            source.setPassword(password);
            source.setCharacterEncoding(encoding);
            source.setConnectTimeout(10_000);
            source.setTcpKeepAlive(true);
            source.setJdbcCompliantTruncation(false);
            // The driver would give each streamed read ten minutes between two rows; a throttled one may wait longer.
            source.setNetTimeoutForStreamingResults(0);
            source.setAllowLoadLocalInfile(loads);
            source.setAllowPublicKeyRetrieval(address.here());
            encrypt(source);
            source.initializeProperties(new Properties());
            var connection = source.getConnection();
            try (var statement = connection.createStatement()) {
                statement.execute(names);
                statement.execute(SESSION);
                opened.add(connection);
                if (schema != null) statement.execute("USE " + MysqlText.inBytes(MysqlText.name(schema)));
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return connection;
        } catch (SQLException e) {
            var unencrypted = address.encryption().problem(address.host(), address.port(), e);
            if (unencrypted != null) throw new Refusal(Refusal.Kind.FAILED, unencrypted, e);
            throw new Refusal(MysqlFailure.kind(e), explain(e), e);
        }
    }

    private void encrypt(MysqlDataSource source) throws SQLException {
        var encryption = address.encryption();
        source.setSslMode(
                switch (encryption.mode()) {
                    case DISABLED -> "DISABLED";
                    case REQUIRED -> "REQUIRED";
                    case VERIFIED -> "VERIFY_IDENTITY";
                });
        if (encryption.mode() != Encryption.Mode.VERIFIED || encryption.rootCertificate() == null) return;
        source.setTrustCertificateKeyStoreUrl(trust().url());
        source.setTrustCertificateKeyStoreType(MysqlTrust.TYPE);
        source.setTrustCertificateKeyStorePassword(MysqlTrust.PASSWORD);
    }

    private synchronized MysqlTrust trust() {
        if (trust == null) trust = MysqlTrust.of(address.encryption().trusted());
        return trust;
    }

    /** How many of the connections that were opened here are at a statement. */
    int working() {
        int working = 0;
        for (var connection : opened.all()) {
            try {
                if (connection.unwrap(JdbcConnection.class).getActiveStatementCount() > 0) working++;
            } catch (SQLException e) {
                // It was closed in between.
            }
        }
        return working;
    }

    /**
     * Ends what a thread, and those that work for it, have open; on the server too, which would go on with a statement whose
     * client is gone.
     */
    void release(Thread thread) {
        var ended = new ArrayList<Long>();
        for (var connection : opened.of(thread)) {
            try {
                ended.add(connection.unwrap(JdbcConnection.class).getId());
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                // It is closed already.
            }
        }
        if (ended.isEmpty()) return;
        // Whoever releases a thread does not wait for a server that may be what the thread has waited for.
        var ending = new Thread(() -> end(ended), "end");
        ending.setDaemon(true);
        ending.start();
    }

    private void end(List<Long> connections) {
        String numbers = connections.stream().map(String::valueOf).collect(Collectors.joining(","));
        try (var own = text();
                var statement = own.createStatement()) {
            var left = new ArrayList<Long>();
            // Numbers of another server, should this connection have been led to one, are not this account's.
            try (var row = statement.executeQuery("SELECT id FROM information_schema.processlist WHERE id IN ("
                    + numbers + ") AND user = SUBSTRING_INDEX(USER(), '@', 1)")) {
                while (row.next()) left.add(row.getLong(1));
            }
            for (long connection : left) {
                try {
                    statement.execute("KILL CONNECTION " + connection);
                } catch (SQLException e) {
                    // It has ended by itself.
                }
            }
        } catch (SQLException | Refusal e) {
            // A server that cannot be asked ends nothing.
        }
    }

    private Problem explain(SQLException e) {
        String place = address.place();
        String user = address.user();
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
                        "ssl verified() in the plan; ssl required() encrypts without knowing who answers");
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
