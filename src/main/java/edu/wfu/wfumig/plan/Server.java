package edu.wfu.wfumig.plan;

import org.jspecify.annotations.Nullable;

/** A database server as the plan names it. */
public sealed interface Server {
    /** Whether both name the same server, whoever logs in. */
    default boolean same(Server other) {
        return toString().equals(other.toString());
    }

    /** A MySQL or MariaDB server reached over TCP. */
    record Mysql(
            String host, int port, String user, @Nullable Secret password) implements Server {
        @Override
        public String toString() {
            return host + ":" + port;
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
}
