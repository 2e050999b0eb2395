package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Server;
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
    boolean configure() {
        take("database", database, this::database);
        return super.configure() || database != null;
    }

    @Nullable
    Server server() {
        if (database == null) reading.problem("this server has no database", "database '…'");
        if (!complete() || host == null || user == null || database == null) return null;
        return new Server.Postgres(host, portOr(PORT), database, user, password, ssl(host));
    }

    static String name(PlanReading reading, String what, String name) {
        if (name.isEmpty() || name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LONGEST_NAME) {
            reading.problem("'" + name + "' cannot name a " + what, "1 to " + LONGEST_NAME + " bytes");
        }
        return name;
    }
}
