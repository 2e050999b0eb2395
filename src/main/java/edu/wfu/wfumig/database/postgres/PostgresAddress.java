package edu.wfu.wfumig.database.postgres;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is and as whom it is entered.
 *
 * @param rootCertificate a PEM file with the certificates that are trusted; null for those that Java trusts
 */
public record PostgresAddress(
        String host,
        int port,
        String database,
        String user,
        Encryption encryption,
        @Nullable Path rootCertificate) {

    /** How much is asked of a connection. */
    public enum Encryption {
        DISABLED("disable"),
        /** Encrypted, whoever the server is. */
        REQUIRED("require"),
        /** Encrypted, and the server's certificate names its host. */
        VERIFIED("verify-full");

        final String mode;

        Encryption(String mode) {
            this.mode = mode;
        }
    }

    /** An address whose plan says nothing of encryption: nothing leaves this machine in the clear or to a stranger. */
    public PostgresAddress(String host, int port, String database, String user) {
        this(host, port, database, user, loopback(host) ? Encryption.DISABLED : Encryption.VERIFIED, null);
    }

    private static boolean loopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    /** Another database of the same server. */
    PostgresAddress with(String other) {
        return new PostgresAddress(host, port, other, user, encryption, rootCertificate);
    }

    String place() {
        return host + ":" + port;
    }
}
