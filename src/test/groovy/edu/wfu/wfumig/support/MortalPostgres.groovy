package edu.wfu.wfumig.support

import edu.wfu.wfumig.embedded.EmbeddedPostgres
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit

/** A PostgreSQL of one spec's own, which can be killed and started again on the same data and port. */
class MortalPostgres extends TestPostgres implements Closeable {
    private final Path folder

    MortalPostgres(String name, int major) {
        // What a killed process has written the system still has, so nothing needs to wait for the disk.
        super(EmbeddedPostgres.start(Path.of('target/embedded').toAbsolutePath(), Fork.folder(name), major,
                'fsync = off', 'full_page_writes = off', 'shared_buffers = 32MB', 'autovacuum = off'), major)
        folder = Fork.folder(name)
    }

    /** The process that all others of the server live by. */
    long pid() { Files.readAllLines(folder.resolve('data/postmaster.pid'))[0].strip() as long }

    /** Waits for it to be killed, and starts it again. */
    void rise(long pid) {
        ProcessHandle.of(pid).ifPresent { it.onExit().get(2, TimeUnit.MINUTES) }
        for (int tried = 0; ; tried++) {
            try {
                server.@commands.start(folder.resolve('again.log'))
                return
            } catch (IOException e) {
                // Those who lived by it have not all noticed yet.
                if (tried == 100) throw e
                Thread.sleep(50)
            }
        }
    }

    @Override
    void close() { server.close() }
}
