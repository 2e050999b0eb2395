package edu.wfu.wfumig.database.postgres;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Encryption;
import edu.wfu.wfumig.database.jdbc.OpenConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** Opens connections to one database, all alike, and remembers which thread has which. */
final class PostgresConnections {
    /** It would tell of what fails in its own words, before that is explained. A logger that nobody keeps forgets its level. */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    static {
        DRIVER.setLevel(Level.OFF);
    }

    private final PostgresAddress address;
    private final String password;

    private final OpenConnections opened = new OpenConnections();

    PostgresConnections(PostgresAddress address, String password) {
        this.address = address;
        this.password = password;
    }

    /** A connection in autocommit mode whose names must be qualified. */
    Connection open() {
        try {
            var connection = source().getConnection();
            try (var statement = connection.createStatement()) {
                statement.execute(PostgresSql.of("session"));
                opened.add(connection);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return connection;
        } catch (SQLException e) {
            var unencrypted = address.encryption().problem(address.host(), address.port(), e);
            if (unencrypted != null) throw new Refusal(Refusal.Kind.FAILED, unencrypted, e);
            throw new Refusal(PostgresFailure.kind(e), explain(e), e);
        }
    }

    private PGSimpleDataSource source() {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {address.host()});
        source.setPortNumbers(new int[] {address.port()});
        source.setDatabaseName(address.database());
        source.setUser(address.user());
        source.setPassword(password);
        source.setApplicationName("wfumig");
        source.setConnectTimeout(10);
        source.setTcpKeepAlive(true);
        source.setGssEncMode("disable");
        // Statements with parameters stay unnamed, and most run once.
        source.setPrepareThreshold(0);
        source.setPreferQueryMode(PreferQueryMode.EXTENDED);
        encrypt(source, address.encryption());
        return source;
    }

    private static void encrypt(PGSimpleDataSource source, Encryption encryption) {
        source.setSslMode(
                switch (encryption.mode()) {
                    case DISABLED -> "disable";
                    case REQUIRED -> "require";
                    case VERIFIED -> "verify-full";
                });
        if (encryption.mode() != Encryption.Mode.VERIFIED) return;
        if (encryption.trusted().isEmpty()) source.setSslfactory("org.postgresql.ssl.DefaultJavaSSLFactory");
        else source.setSslRootCert(String.valueOf(encryption.rootCertificate()));
    }

    /** Ends what a thread, and those that work for it, have open, and on the server the statements that they wait for. */
    void release(Thread thread) {
        for (var connection : opened.of(thread)) {
            try {
                connection.unwrap(PGConnection.class).cancelQuery();
            } catch (SQLException e) {
                // There is nothing to cancel, or nobody to be asked.
            }
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                // It is closed already.
            }
        }
    }

    /** The server's numbers of the connections that are open here. */
    List<Integer> own() {
        return opened.all().stream()
                .map(PostgresConnections::number)
                .filter(number -> number != 0)
                .toList();
    }

    private static int number(Connection connection) {
        try {
            return connection.isClosed()
                    ? 0
                    : connection.unwrap(PGConnection.class).getBackendPID();
        } catch (SQLException e) {
            return 0; // it was closed in between
        }
    }

    private Problem explain(SQLException e) {
        String place = address.place();
        String safe = "nothing was written";
        return switch (PostgresFailure.state(e)) {
            case "28P01", "28000" ->
                Problem.of(
                        "the server at " + place + " refuses user '" + address.user() + "': " + e.getMessage(),
                        "an account that may log in",
                        safe,
                        "check the plan's user, the secret it names, ssl, and the server's pg_hba.conf");
            case "3D000", PostgresFailure.INSUFFICIENT_PRIVILEGE ->
                Problem.of(
                        "the server at " + place + " says: " + e.getMessage(),
                        "a database that exists and that user '" + address.user() + "' may connect to",
                        safe,
                        "create the database, grant CONNECT on it, or correct the plan");
            case "53300" ->
                Problem.of(
                        "the server at " + place + " has no connection left",
                        "room for a few connections",
                        safe,
                        "raise max_connections or try again later");
            case "57P03" ->
                Problem.of(
                        "the server at " + place + " says: " + e.getMessage(),
                        "a server that takes connections",
                        safe,
                        "wait until it has started");
            case "08001", "08006", "08004" ->
                Problem.of(
                        "no PostgreSQL server answers at " + place + ": " + e.getMessage(),
                        "a server that takes connections",
                        safe,
                        "check host and port in the plan, then the server itself");
            default -> Problem.of(place + ": " + e.getMessage(), "a connection", safe, "see the server's message");
        };
    }
}
