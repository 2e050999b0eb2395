package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Secret;
import edu.wfu.wfumig.plan.Server;
import edu.wfu.wfumig.plan.Ssl;
import edu.wfu.wfumig.plan.Ssl.Mode;
import groovy.lang.Closure;
import org.jspecify.annotations.Nullable;

/** Builds the address of a database of a PostgreSQL server. */
final class PostgresBuilder extends BlockBuilder implements PostgresBlock {
    /** PostgreSQL takes so many bytes of a name and drops the rest. Source: its manual, "Identifiers and Key Words". */
    static final int LONGEST_NAME = 63;

    private @Nullable String host;
    private int port = 5432;
    private @Nullable String database;
    private @Nullable String user;
    private @Nullable Secret password;
    private @Nullable Ssl ssl;

    PostgresBuilder(PlanReading reading) {
        super(reading);
    }

    @Override
    public void host(String name) {
        host = name;
    }

    @Override
    public void port(int number) {
        port = port(reading, number);
    }

    @Override
    public void database(String name) {
        database = name(reading, "database", name);
    }

    @Override
    public void user(String name) {
        user = name;
    }

    @Override
    public void password(Secret secret) {
        password = secret;
    }

    @Override
    public void ssl(Ssl how) {
        ssl = how;
    }

    @Override
    public Ssl verified(Closure<?> body) {
        var builder = new VerifiedBuilder(reading);
        builder.run(body);
        if (builder.file == null) {
            reading.problem("a verified block that names no certificates", "rootCertificate 'ca.pem', or verified()");
        }
        return new Ssl(Mode.VERIFIED, builder.file);
    }

    @Nullable
    Server server() {
        if (host == null) reading.problem("this server has no host", "host '…'");
        if (database == null) reading.problem("this server has no database", "database '…'");
        if (user == null) reading.problem("this server has no user", "user '…'");
        if (host == null || database == null || user == null) return null;
        return new Server.Postgres(host, port, database, user, password, ssl == null ? Ssl.byDefault(host) : ssl);
    }

    static int port(PlanReading reading, int number) {
        if (number < 1 || number > 65535) reading.problem(number + " is not a port", "a number from 1 to 65535");
        return number;
    }

    static String name(PlanReading reading, String what, String name) {
        if (name.isEmpty() || name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LONGEST_NAME) {
            reading.problem("'" + name + "' cannot name a " + what, "1 to " + LONGEST_NAME + " bytes");
        }
        return name;
    }

    private static final class VerifiedBuilder extends BlockBuilder implements VerifiedBlock {
        private @Nullable String file;

        VerifiedBuilder(PlanReading reading) {
            super(reading);
        }

        @Override
        public void rootCertificate(String path) {
            if (path.isBlank()) reading.problem("a root certificate without a file", "rootCertificate 'ca.pem'");
            file = path;
        }
    }
}
