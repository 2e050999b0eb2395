package edu.wfu.wfumig.database.mysql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Certificates that are trusted, as the driver takes them: a key store at an address that it reads for each connection. The
 * file is this process's own and is gone with it; there is nothing secret in it.
 * Source: Connector/J manual, "Connecting Securely Using SSL", {@code trustCertificateKeyStoreUrl}.
 */
record MysqlTrust(String url) {
    static final String TYPE = "PKCS12";

    /** The format wants one. */
    static final String PASSWORD = "public";

    static MysqlTrust of(List<X509Certificate> certificates) {
        try {
            var store = KeyStore.getInstance(TYPE);
            store.load(null, null);
            for (int i = 0; i < certificates.size(); i++) store.setCertificateEntry("root-" + i, certificates.get(i));
            var file = Files.createTempFile("wfumig-trusted-", ".p12");
            file.toFile().deleteOnExit();
            try (var out = Files.newOutputStream(file)) {
                store.store(out, PASSWORD.toCharArray());
            }
            return new MysqlTrust(file.toUri().toURL().toString());
        } catch (IOException e) {
            throw new UncheckedIOException("the folder for temporary files takes no key store", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java keeps certificates", e);
        }
    }
}
