package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Location;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.plan.Environment;
import edu.wfu.wfumig.plan.Secret;
import edu.wfu.wfumig.plan.Server;
import edu.wfu.wfumig.plan.Ssl;
import edu.wfu.wfumig.plan.Tables;
import edu.wfu.wfumig.settings.Configuration;
import edu.wfu.wfumig.settings.Folders;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An environment as the configuration alone knows it, for commands that need no plan. */
final class ConfiguredEnvironment {
    private ConfiguredEnvironment() {}

    /** @param set settings of the command line, which count more */
    static Environment of(Map<String, String> environment, Map<String, String> set, String name) {
        var settings = new TreeMap<String, String>();
        new Configuration(environment, Folders.of(environment))
                .section("env." + name)
                .forEach((field, setting) -> settings.put(field, setting.value()));
        String path = "env." + name + ".";
        set.forEach((key, value) -> {
            if (key.startsWith(path)) settings.put(key.substring(path.length()), value);
        });
        return of(name, settings);
    }

    /** @param settings the fields of {@code env.NAME} */
    static Environment of(String name, Map<String, String> settings) {
        boolean postgres = "postgres".equals(settings.get("product"));
        for (String field : List.of("host", postgres ? "database" : "schema", "user")) {
            if (settings.containsKey(field)) continue;
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    Problem.of(
                            "of the environment '" + name + "' no " + field + " is configured",
                            "host, " + (postgres ? "database" : "schema") + " and user",
                            "nothing was written",
                            "wfumig config env " + name + " set " + field + "=…, or name a plan with --plan"));
        }
        return new Environment(
                name,
                postgres ? postgres(settings) : mysql(settings),
                settings.getOrDefault("schema", Tables.PUBLIC),
                settings.getOrDefault("prefix", "wp_"),
                settings.get("url"),
                new Location("the configuration", 0),
                null);
    }

    private static Server mysql(Map<String, String> settings) {
        String host = settings.getOrDefault("host", "");
        return new Server.Mysql(
                host,
                Integer.parseInt(settings.getOrDefault("port", "3306")),
                settings.getOrDefault("user", ""),
                secret(settings),
                ssl(settings, host));
    }

    private static Server postgres(Map<String, String> settings) {
        String host = settings.getOrDefault("host", "");
        return new Server.Postgres(
                host,
                Integer.parseInt(settings.getOrDefault("port", "5432")),
                settings.getOrDefault("database", ""),
                settings.getOrDefault("user", ""),
                secret(settings),
                ssl(settings, host));
    }

    private static @Nullable Secret secret(Map<String, String> settings) {
        String name = settings.get("secret");
        return name == null ? null : new Secret(name);
    }

    private static Ssl ssl(Map<String, String> settings, String host) {
        String file = settings.get("ssl-root-certificate");
        String word = settings.getOrDefault("ssl", (file == null ? Ssl.byDefault(host) : Ssl.VERIFIED).toString());
        var mode = Ssl.Mode.of(word);
        if (mode == null) throw invalid("'" + word + "' is no kind of ssl", Ssl.Mode.WORDS, "ssl=verified");
        if (file == null || mode != Ssl.Mode.VERIFIED) return new Ssl(mode, null);
        if (Path.of(file).isAbsolute()) return new Ssl(mode, file);
        throw invalid(
                "'" + file + "' is not the whole path of a file",
                "a path from the root",
                "ssl-root-certificate=/…/ca.pem");
    }

    private static Refusal invalid(String found, String expected, String set) {
        return new Refusal(
                Refusal.Kind.INVALID,
                Problem.of(found, expected, "nothing was written", "wfumig config env ENV set " + set));
    }
}
