package edu.wfu.wfumig.support

import groovy.transform.CompileStatic
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.security.Key
import java.security.KeyStore
import java.security.cert.Certificate

/** An authority, a server that it knows as localhost, and another authority; made anew by the JDK's own tool. */
@CompileStatic
class Certificates {
    private static final String PASSWORD = 'certificates'

    private final Path folder
    final Path authority
    final Path stranger
    final Path server

    Certificates(Path folder) {
        this.folder = folder
        make('authority', '-ext', 'bc:c')
        make('stranger', '-ext', 'bc:c')
        make('server', '-signer', 'authority', '-ext', 'san=dns:localhost')
        authority = pem('authority')
        stranger = pem('stranger')
        server = pem('server')
    }

    /** The server's key, as a file of the owner of {@code likeThis}, for its eyes only. */
    Path key(Path into, Path likeThis) {
        Key key = keys().getKey('server', PASSWORD.toCharArray())
        Files.writeString(into, text('PRIVATE KEY', key.encoded))
        Files.setOwner(into, Files.getOwner(likeThis))
        Files.setPosixFilePermissions(into, PosixFilePermissions.fromString('rw-------'))
    }

    private Path pem(String name) {
        Certificate certificate = keys().getCertificate(name)
        Files.writeString(folder.resolve("${name}.pem"), text('CERTIFICATE', certificate.encoded))
    }

    private static String text(String kind, byte[] bytes) {
        "-----BEGIN $kind-----\n${Base64.getMimeEncoder(64, '\n'.bytes).encodeToString(bytes)}\n-----END $kind-----\n"
    }

    private KeyStore keys() {
        KeyStore.getInstance(folder.resolve('keys.p12').toFile(), PASSWORD.toCharArray())
    }

    private void make(String name, String... more) {
        def words = [Path.of(System.getProperty('java.home'), 'bin', 'keytool').toString(), '-genkeypair', '-keystore', folder.resolve('keys.p12').toString(),
                     '-storepass', PASSWORD, '-storetype', 'PKCS12', '-alias', name, '-keyalg', 'EC', '-groupname', 'secp256r1', '-validity', '2', '-dname', "CN=$name".toString()]
        def process = new ProcessBuilder(words + (more as List<String>)).redirectErrorStream(true).start()
        def said = process.inputStream.text
        assert process.waitFor() == 0 : said
    }
}
