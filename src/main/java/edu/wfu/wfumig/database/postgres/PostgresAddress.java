package edu.wfu.wfumig.database.postgres;

import edu.wfu.wfumig.database.Encryption;

/** Where a database is and as whom it is entered. */
public record PostgresAddress(String host, int port, String database, String user, Encryption encryption) {
    /** Another database of the same server. */
    PostgresAddress with(String other) {
        return new PostgresAddress(host, port, other, user, encryption);
    }

    String place() {
        return host + ":" + port;
    }
}
