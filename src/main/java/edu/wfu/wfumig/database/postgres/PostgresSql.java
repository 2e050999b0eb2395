package edu.wfu.wfumig.database.postgres;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Statements that are kept as files beside this class. */
final class PostgresSql {
    private static final Map<String, String> READ = new ConcurrentHashMap<>();

    private PostgresSql() {}

    static String of(String name) {
        return READ.computeIfAbsent(name, PostgresSql::read);
    }

    private static String read(String name) {
        try (var in = PostgresSql.class.getResourceAsStream(name + ".sql")) {
            if (in == null) throw new FileNotFoundException(name + ".sql");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
