package edu.wfu.wfumig.database;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is kept from others.
 *
 * @param rootCertificate a PEM file with the certificates that are trusted; null for those that Java trusts
 */
public record Encryption(Mode mode, @Nullable Path rootCertificate) {
    /** How much is asked of a connection. */
    public enum Mode {
        DISABLED,
        /** Encrypted, whoever the server is. */
        REQUIRED,
        /** Encrypted, and the server's certificate names its host. */
        VERIFIED
    }

    public static final Encryption NONE = new Encryption(Mode.DISABLED, null);

    private static final String ANYBODY = "ssl required() encrypts without knowing who answers";

    /** The certificates of the file. */
    public List<X509Certificate> trusted() {
        if (rootCertificate == null) return List.of();
        try (var in = Files.newInputStream(rootCertificate)) {
            var found = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (!found.isEmpty()) {
                return found.stream().map(X509Certificate.class::cast).toList();
            }
            throw unusable("holds no certificate", null);
        } catch (IOException e) {
            throw unusable("cannot be read", e);
        } catch (CertificateException e) {
            throw unusable("is no file of certificates: " + e.getMessage(), e);
        }
    }

    private Refusal unusable(String why, @Nullable Exception cause) {
        var refusal = new Refusal(
                Refusal.Kind.INVALID,
                Problem.of(
                        "the root certificate " + rootCertificate + " " + why,
                        "a PEM file: -----BEGIN CERTIFICATE----- …",
                        "nothing was written",
                        "name the file of the server's authority: ssl verified { rootCertificate 'ca.pem' }"));
        if (cause != null) refusal.initCause(cause);
        return refusal;
    }

    /** What keeps a connection from being encrypted as it should be; null where it failed for another reason. */
    public @Nullable Problem problem(String host, int port, Exception failure) {
        if (mode == Mode.DISABLED) return null;
        String place = host + ":" + port;
        String safe = "nothing was written";
        if (has(failure, CertPathBuilderException.class) || has(failure, CertPathValidatorException.class)) {
            return Problem.of(
                    "the certificate of the server at " + place + " is not trusted: " + said(failure),
                    "a certificate from an authority that " + (rootCertificate == null ? "Java" : rootCertificate)
                            + " names",
                    safe,
                    "ssl verified { rootCertificate 'ca.pem' } in the plan, with its authority in that file; "
                            + ANYBODY);
        }
        if (has(failure, CertificateException.class) || told(failure, "hostname")) {
            return Problem.of(
                    "the certificate of the server at " + place + " is not for this host: " + said(failure),
                    "a certificate for " + host,
                    safe,
                    "host '…' in the plan as the certificate names it; " + ANYBODY);
        }
        if (has(failure, SSLException.class) && !has(failure, SocketException.class)) {
            return Problem.of(
                    "the server at " + place + " gives no encrypted connection: " + said(failure),
                    "TLS 1.2 or newer",
                    safe,
                    "let the server offer it");
        }
        if (!told(failure, "SSL")) return null;
        return Problem.of(
                "the server at " + place + " does not encrypt: " + said(failure),
                "a server that encrypts",
                safe,
                "let it encrypt; where nobody else is on the way to it: ssl disabled() in the plan");
    }

    private static boolean has(Throwable failure, Class<? extends Exception> kind) {
        return causes(failure).anyMatch(kind::isInstance);
    }

    private static boolean told(Throwable failure, String word) {
        return causes(failure).anyMatch(one -> String.valueOf(one.getMessage()).contains(word));
    }

    /** The message of the last cause: it knows best. */
    private static String said(Throwable failure) {
        var causes = causes(failure).toList();
        return String.valueOf(causes.get(causes.size() - 1).getMessage());
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, one -> one != null, Throwable::getCause).limit(20);
    }
}
