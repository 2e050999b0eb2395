package edu.wfu.wfumig.support

import edu.wfu.wfumig.embedded.EmbeddedMariadb
import groovy.transform.CompileStatic
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit

/** A MariaDB of one spec's own, which can be killed and started again on the same data and port. */
@CompileStatic
class MortalServer extends TestServer implements Closeable {
    private final EmbeddedMariadb server
    private final List<String> command
    private ProcessHandle process

    MortalServer(String name) {
        def folder = Path.of('target', name).toAbsolutePath()
        // What a killed process has written the system still has, so nothing needs to wait for the disk.
        server = EmbeddedMariadb.start(Path.of('target/embedded').toAbsolutePath(), folder, '--performance-schema=OFF',
                '--innodb-flush-log-at-trx-commit=2', '--innodb-flush-method=nosync', '--sync-frm=OFF')
        process = ProcessHandle.of(Files.readString(folder.resolve('server.pid')).trim() as long).get()
        // The file that sets the password is gone by now, and what it did is in the data.
        command = [process.info().command().get()] + process.info().arguments().get().findAll { String it -> !it.startsWith('--init-file') }
    }

    long pid() { process.pid() }

    /** Waits for it to be killed, and starts it again. */
    void rise(long pid) {
        process.onExit().get(2, TimeUnit.MINUTES)
        def log = server.folder().resolve('again.log').toFile()
        process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start().toHandle()
        for (int i = 0; i < 600; i++) {
            try {
                rows('SELECT 1')
                return
            } catch (java.sql.SQLException ignored) {
                Thread.sleep(50)
            }
        }
        throw new IllegalStateException("it did not come back, see $log")
    }

    @Override
    String host() { server.host() }

    @Override
    int port() { server.port() }

    @Override
    String user() { EmbeddedMariadb.USER }

    @Override
    String password() { server.password() }

    @Override
    String product() { 'MariaDB' }

    @Override
    void load(String schema, String network) {
        server.load(schema, Path.of("src/test/resources/wordpress/${network}.sql.gz"))
    }

    @Override
    void close() {
        process.destroy()
        process.onExit().join()
        server.close()
    }
}
