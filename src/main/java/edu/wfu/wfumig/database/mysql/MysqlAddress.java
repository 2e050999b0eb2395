package edu.wfu.wfumig.database.mysql;

import edu.wfu.wfumig.database.Encryption;

/** Where a server is and as whom it is entered. */
public record MysqlAddress(String host, int port, String user, Encryption encryption) {
    String place() {
        return host + ":" + port;
    }

    /** Whether nobody can stand between: then the server's own word for its key is good enough. */
    boolean here() {
        return host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("::1");
    }
}
