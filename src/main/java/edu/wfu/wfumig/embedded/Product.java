package edu.wfu.wfumig.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;

/**
 * Versions that the build wrote down.
 *
 * @param embeddedPostgres one of each major version, the newest last
 */
public record Product(String version, String embeddedMariadb, List<String> embeddedPostgres) {
    public static Product load() {
        var properties = new Properties();
        try (var in = Product.class.getResourceAsStream("/wfumig.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Product(
                properties.getProperty("version", "?"),
                properties.getProperty("embedded.mariadb", "?"),
                List.of(properties.getProperty("embedded.postgres", "").split(" ")));
    }
}
