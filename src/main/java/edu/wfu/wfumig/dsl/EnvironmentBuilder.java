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
    /** Stands until the tables block was read. */
    static final String IN_TABLES_BLOCK = "";

    private final String name;
    private final Location at;
    private boolean given;
    private @Nullable Server server;
    private @Nullable String schema;
    private @Nullable String prefix;
    private @Nullable String ofWordPress;
    private @Nullable String url;
    private @Nullable Protection protection;

    EnvironmentBuilder(PlanReading reading, String name, Location at) {
        super(reading);
        this.name = name;
        this.at = at;
    }

    @Override
    public void mysql(Closure<?> body) {
        var builder = new MysqlBuilder(reading, "env." + name);
        builder.run(body);
        builder.configure();
        takes(builder.server());
        inSchema(builder.schema);
    }

    @Override
    public void postgres(Closure<?> body) {
        var builder = new PostgresBuilder(reading, "env." + name);
        builder.run(body);
        builder.configure();
        takes(builder.server());
        schema = IN_TABLES_BLOCK;
    }

    @Override
    public void embedded(Closure<?> body) {
        var builder = new EmbeddedBuilder(reading, name);
        builder.run(body);
        var found = builder.server();
        takes(found);
        if (found instanceof Server.Embedded) inSchema(builder.schema);
        else schema = IN_TABLES_BLOCK;
    }

    private void takes(@Nullable Server found) {
        if (given) reading.problem("environment '" + name + "' has two servers", "one");
        given = true;
        server = found;
    }

    private void inSchema(@Nullable String found) {
        if (found == null) reading.problem("environment '" + name + "' names no schema", "schema 'name'");
        schema = found;
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
        ofWordPress = "tablePrefix";
    }

    @Override
    public void url(String text) {
        if (!text.matches("https?://[^/\\s]+(/\\S*)?")) {
            reading.problem("'" + text + "' is not the address of a site", "http:// or https:// and a host");
        }
        url = text.replaceFirst("/+$", "");
        ofWordPress = "url";
    }

    /** Takes from the settings what the plan does not say. */
    private void configure() {
        if (!given && "postgres".equals(reading.setting("env." + name + ".product", null))) {
            postgres(Closure.IDENTITY);
        } else if (!given) {
            var builder = new MysqlBuilder(reading, "env." + name);
            if (builder.configure()) {
                takes(builder.server());
                inSchema(builder.schema);
            }
        }
        String address = reading.setting("env." + name + ".url", url);
        if (address != null && !address.equals(url)) url(address);
        String letters = reading.setting("env." + name + ".prefix", prefix);
        if (letters != null && !letters.equals(prefix)) tablePrefix(letters);
    }

    Optional<Environment> build() {
        configure();
        if (!given) {
            reading.problem(
                    "environment '" + name + "' has no server", "mysql { … }, postgres { … } or embedded { … }");
        }
        if (server != null && server.postgres() && ofWordPress != null) {
            reading.problem(
                    "environment '" + name + "' is PostgreSQL and has a `" + ofWordPress + "`",
                    "tablePrefix and url of a WordPress network, on MySQL or MariaDB");
        }
        if (server == null || schema == null) return Optional.empty();
        return Optional.of(new Environment(name, server, schema, prefix == null ? "wp_" : prefix, url, at, protection));
    }
}
