package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.Location;
import edu.wfu.wfumig.plan.Environment;
import edu.wfu.wfumig.plan.Protection;
import edu.wfu.wfumig.plan.Server;
import groovy.lang.Closure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Builds one environment. */
final class EnvironmentBuilder extends BlockBuilder implements EnvironmentBlock {
    private final String name;
    private final Location at;
    private @Nullable Server server;
    private @Nullable String schema;
    private String prefix = "wp_";
    private @Nullable String url;
    private @Nullable Protection protection;

    EnvironmentBuilder(PlanReading reading, String name, Location at) {
        super(reading);
        this.name = name;
        this.at = at;
    }

    @Override
    public void mysql(Closure<?> body) {
        var builder = new MysqlBuilder(reading);
        builder.run(body);
        takes(builder.server(), builder.schema);
    }

    @Override
    public void embedded(Closure<?> body) {
        var builder = new SmallBuilders.EmbeddedBuilder(reading);
        builder.run(body);
        takes(new Server.Embedded(builder.load), builder.schema);
    }

    private void takes(@Nullable Server found, @Nullable String foundSchema) {
        if (server != null) reading.problem("environment '" + name + "' has two servers", "one");
        if (foundSchema == null) reading.problem("environment '" + name + "' names no schema", "schema 'name'");
        server = found;
        schema = foundSchema;
    }

    @Override
    public void protect(Closure<?> body) {
        var builder = new ProtectBuilder(reading);
        builder.run(body);
        protection = builder.build();
    }

    @Override
    public void tablePrefix(String text) {
        if (!text.matches("[A-Za-z0-9_]*[A-Za-z_]")) {
            reading.problem("'" + text + "' cannot be a table prefix", "letters, digits and underscores, as in 'wp_'");
        }
        prefix = text;
    }

    @Override
    public void url(String text) {
        if (!text.matches("https?://[^/\\s]+(/\\S*)?")) {
            reading.problem("'" + text + "' is not the address of a site", "http:// or https:// and a host");
        }
        url = text.replaceFirst("/+$", "");
    }

    Optional<Environment> build() {
        if (server == null && schema == null) {
            reading.problem("environment '" + name + "' has no server", "mysql { … } or embedded { … }");
        }
        if (server == null || schema == null) return Optional.empty();
        return Optional.of(new Environment(name, server, schema, prefix, url, at, protection));
    }
}
