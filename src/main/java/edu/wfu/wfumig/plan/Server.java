package edu.wfu.wfumig.plan;

import org.jspecify.annotations.Nullable;

/** A database server as the plan names it; of PostgreSQL a database of it, because a connection sees only one. */
public sealed interface Server {
    /** Whether both name the same server, whoever logs in. */
    default boolean same(Server other) {
        return toString().equals(other.toString());
    }

    /** Whether it is PostgreSQL rather than MySQL or MariaDB. */
    default boolean postgres() {
        return this instanceof Postgres || this instanceof EmbeddedPostgres;
    }

    /** What lets its account in; null where that needs none. */
    default @Nullable Secret password() {
        return null;
    }

    /** Whether wfumig starts and stops it itself. */
    default boolean embedded() {
        return this instanceof Embedded || this instanceof EmbeddedPostgres;
    }

    /** A MySQL or MariaDB server reached over TCP. */
    record Mysql(
            String host, int port, String user, @Nullable Secret password, Ssl ssl) implements Server {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** A database of a PostgreSQL server reached over TCP. */
    record Postgres(
            String host,
            int port,
            String database,
            String user,
            @Nullable Secret password,
            Ssl ssl) implements Server {
        @Override
        public String toString() {
            return host + ":" + port + "/" + database;
        }
    }

    /**
     * An embedded MariaDB that wfumig starts and stops itself.
     *
     * @param load an SQL file, may be gzipped, that fills the schema before each run; relative to the plan file
     */
    record Embedded(@Nullable String load) implements Server {
        @Override
        public String toString() {
            return "embedded MariaDB";
        }
    }

    /**
     * A database of an embedded PostgreSQL that wfumig starts and stops itself, one server for each major version.
     *
     * @param load an SQL file, may be gzipped, that fills the database before each run; relative to the plan file
     */
    record EmbeddedPostgres(
            int major, String database, @Nullable String load) implements Server {
        @Override
        public String toString() {
            return "embedded PostgreSQL " + major + "/" + database;
        }
    }
}
