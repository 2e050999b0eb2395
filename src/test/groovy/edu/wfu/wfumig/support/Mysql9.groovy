package edu.wfu.wfumig.support

import groovy.transform.CompileStatic
import java.nio.charset.StandardCharsets
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import java.util.zip.GZIPInputStream

/** MySQL 9 in a folder, by the script that unpacks Debian's package. Stopped with the JVM. */
@CompileStatic
class Mysql9 extends TestServer {
    private static final String SCRIPT = Path.of('src/test/resources/mysql9').toAbsolutePath().toString()

    private final Path folder
    private final int port

    private Mysql9(Path folder, int port) {
        this.folder = folder
        this.port = port
    }

    static Mysql9 start(Path folder) throws IOException {
        if (!Files.exists(Path.of('/etc/apt/sources.list.d/debian.sources'))) throw new IOException('this is no Debian')
        stop(folder)
        Files.createDirectories(folder)
        int port = new ServerSocket(0).withCloseable { it.localPort }
        def log = folder.resolve('start.log').toFile()
        def process = new ProcessBuilder(SCRIPT, 'start', folder.toString(), port.toString()).redirectErrorStream(true).redirectOutput(log).start()
        if (!process.waitFor(4, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly()
            throw new IOException("MySQL 9 did not start, see $log")
        }
        Runtime.runtime.addShutdownHook(new Thread({ stop(folder) } as Runnable))
        new Mysql9(folder, port)
    }

    private static void stop(Path folder) {
        def pid = folder.resolve('mysqld.pid')
        if (!Files.exists(pid)) return
        ProcessHandle.of(Files.readString(pid).trim() as long).ifPresent { ProcessHandle it -> it.destroy(); it.onExit().join() }
        Files.deleteIfExists(pid)
    }

    @Override
    String host() { '127.0.0.1' }

    @Override
    int port() { port }

    @Override
    String user() { 'root' }

    @Override
    String password() { '' }

    @Override
    String product() { 'MySQL' }

    /** What the fixture's README says to change for MySQL. */
    @Override
    void load(String schema, String network) {
        sql("DROP DATABASE IF EXISTS `$schema`; CREATE DATABASE `$schema`")
        def process = new ProcessBuilder(SCRIPT, 'sql', folder.toString(), '--default-character-set=utf8mb4', '--max-allowed-packet=64M', schema)
                .redirectErrorStream(true).redirectOutput(folder.resolve('load.log').toFile()).start()
        new GZIPInputStream(Files.newInputStream(Path.of("src/test/resources/wordpress/${network}.sql.gz"))).withReader('ISO-8859-1') { reader ->
            process.outputStream.withWriter('ISO-8859-1') { writer ->
                reader.eachLine { String line ->
                    writer.write(line.replace(' inet6 ', ' varchar(45) ').replace('ENGINE=Aria', 'ENGINE=MyISAM').replace(' PAGE_CHECKSUM=1', '').replace('utf8mb4_nopad_bin', 'utf8mb4_0900_bin'))
                    writer.write('\n')
                }
            }
        }
        if (process.waitFor() != 0) throw new IOException(Files.readString(folder.resolve('load.log'), StandardCharsets.ISO_8859_1))
    }
}
