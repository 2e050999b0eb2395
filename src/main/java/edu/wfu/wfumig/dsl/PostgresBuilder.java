package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Server;
import edu.wfu.wfumig.plan.Ssl;
import edu.wfu.wfumig.plan.Ssl.Mode;
import groovy.lang.Closure;
import org.jspecify.annotations.Nullable;

/** Builds the address of a database of a PostgreSQL server. */
final class PostgresBuilder extends AddressBuilder implements PostgresBlock {
    /** PostgreSQL takes so many bytes of a name and drops the rest. Source: its manual, "Identifiers and Key Words". */
    static final int LONGEST_NAME = 63;

    static final int PORT = 5432;

    private @Nullable String database;

    /** @param path where its settings are, as in {@code env.uat} */
    PostgresBuilder(PlanReading reading, String path) {
        super(reading, path);
    }

    @Override
    public void database(String name) {
        database = name(reading, "database", name);
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

    @Override
    boolean configure() {
        take("database", database, this::database);
        return super.configure() || database != null;
    }

    @Nullable
    Server server() {
        if (database == null) reading.problem("this server has no database", "database '…'");
        if (!complete() || host == null || user == null || database == null) return null;
        return new Server.Postgres(
                host, portOr(PORT), database, user, password, ssl == null ? Ssl.byDefault(host) : ssl);
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
