package edu.wfu.wfumig.plan;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a connection is encrypted, and whether the server must show who it is.
 *
 * @param rootCertificate a PEM file with the certificates that are trusted, relative to the plan file; null for those that
 *     Java trusts
 */
public record Ssl(Mode mode, @Nullable String rootCertificate) {
    /** How much is asked of a connection. */
    public enum Mode {
        /** Nothing is encrypted. */
        DISABLED,
        /** Encrypted, whoever the server is. */
        REQUIRED,
        /** Encrypted, and the server's certificate names its host. */
        VERIFIED;

        public static final String WORDS = "disabled, required or verified";

        /** By the word of a setting; null when there is no such mode. */
        public static @Nullable Mode of(String word) {
            for (var mode : values()) if (mode.name().toLowerCase(Locale.ROOT).equals(word)) return mode;
            return null;
        }
    }

    public static final Ssl DISABLED = new Ssl(Mode.DISABLED, null);
    public static final Ssl REQUIRED = new Ssl(Mode.REQUIRED, null);
    public static final Ssl VERIFIED = new Ssl(Mode.VERIFIED, null);

    /** What holds where the plan is silent: nothing leaves this machine in the clear, and nobody else is believed unseen. */
    public static Ssl byDefault(String host) {
        return here(host) ? DISABLED : VERIFIED;
    }

    /** Whether what goes to this host stays on this machine. */
    static boolean here(String host) {
        return host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    @Override
    public String toString() {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
