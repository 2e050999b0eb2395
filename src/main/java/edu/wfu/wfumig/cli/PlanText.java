package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.plan.Archive;
import edu.wfu.wfumig.plan.Environment;
import edu.wfu.wfumig.plan.Protection;
import edu.wfu.wfumig.plan.Secret;
import edu.wfu.wfumig.plan.Server;
import edu.wfu.wfumig.plan.Ssl;
import edu.wfu.wfumig.plan.Staging;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The plan of a command that was given no plan file, in the words of one: it is saved, read and compiled as any other. */
final class PlanText {
    private final String name;
    private final StringBuilder text = new StringBuilder();

    /** @param name what its runs are called */
    PlanText(String name) {
        String plain = name.replaceAll("[^a-zA-Z0-9._-]+", "-");
        this.name = plain.substring(0, Math.min(plain.length(), 80));
    }

    String name() {
        return name;
    }

    PlanText line(String words) {
        text.append("  ").append(words).append('\n');
        return this;
    }

    /** A word and a text, as in {@code from 'prod'}. */
    PlanText line(String word, String value) {
        return line(word + " " + quoted(value));
    }

    /** An environment of which the configuration knows the details. */
    PlanText environment(String title) {
        return line("environment", title);
    }

    /** An environment with all its details. */
    PlanText environment(Environment known) {
        line("environment(" + quoted(known.name()) + ") {");
        line("  " + server(known.server(), known.schema()));
        if (!known.server().postgres()) {
            line("  tablePrefix", known.tablePrefix());
            if (known.url() != null) line("  url", known.url());
        }
        if (known.protection() != null) line("  " + protection(known.protection()));
        return line("}");
    }

    PlanText ends(String from, String to) {
        return line("from", from).line("to", to);
    }

    PlanText sites(Collection<Long> ids) {
        return line("sites { sites " + ids.stream().map(String::valueOf).collect(Collectors.joining(", ")) + " }");
    }

    /**
     * @param globs over full table names
     * @param of whose tables they are
     */
    PlanText tables(Collection<String> globs, Environment of) {
        String schema = of.server().postgres() ? "schema " + quoted(of.schema()) + "; " : "";
        return line("tables { " + schema + "include "
                + globs.stream().map(PlanText::quoted).collect(Collectors.joining(", ")) + "; different replace() }");
    }

    PlanText staging(Staging staging) {
        if (staging.server() != null) {
            return line("staging { " + server(staging.server(), String.valueOf(staging.schema())) + " }");
        }
        return staging.schema() == null ? this : line("staging { schema " + quoted(staging.schema()) + " }");
    }

    PlanText archive(Path directory) {
        return archive(
                new Archive.Directory(directory.toAbsolutePath().normalize().toString()));
    }

    PlanText archive(Archive archive) {
        if (archive instanceof Archive.Directory directory) {
            return line("archive { directory " + quoted(directory.path()) + " }");
        }
        return archive instanceof Archive.S3 s3 ? line("archive { s3 { " + s3(s3) + " } }") : this;
    }

    private static String server(Server server, String schema) {
        if (server instanceof Server.Mysql mysql) {
            return "mysql { host " + quoted(mysql.host()) + "; port " + mysql.port() + "; schema " + quoted(schema)
                    + "; user " + quoted(mysql.user()) + password(mysql.password()) + ssl(mysql.ssl()) + " }";
        }
        if (server instanceof Server.Postgres postgres) {
            return "postgres { host " + quoted(postgres.host()) + "; port " + postgres.port() + "; database "
                    + quoted(postgres.database()) + "; user " + quoted(postgres.user()) + password(postgres.password())
                    + ssl(postgres.ssl()) + " }";
        }
        if (server instanceof Server.EmbeddedPostgres own) {
            return "embedded { postgres " + own.major() + "; database " + quoted(own.database()) + load(own.load())
                    + " }";
        }
        String load = server instanceof Server.Embedded own ? load(own.load()) : "";
        return "embedded { schema " + quoted(schema) + load + " }";
    }

    private static String load(@Nullable String file) {
        return file == null ? "" : "; load " + quoted(file);
    }

    private static String password(@Nullable Secret secret) {
        return secret == null ? "" : "; password " + secret(secret);
    }

    private static String secret(Secret secret) {
        return "secret(" + quoted(secret.name()) + ")";
    }

    private static String ssl(@Nullable Ssl ssl) {
        if (ssl == null) return "";
        String file = ssl.rootCertificate();
        return "; ssl " + ssl + (file == null ? "()" : " { rootCertificate " + quoted(file) + " }");
    }

    private static String protection(Protection protection) {
        var within = protection.rehearsedWithin();
        return "protect { confirm()"
                + (within == null ? "" : "; requireRehearsal within: " + within.toSeconds() + ".seconds") + " }";
    }

    private static String s3(Archive.S3 s3) {
        var words = new StringBuilder("bucket ").append(quoted(s3.bucket()));
        add(words, "region", s3.region());
        add(words, "prefix", s3.prefix().isEmpty() ? null : s3.prefix());
        add(words, "endpoint", s3.endpoint());
        if (s3.pathStyle()) words.append("; pathStyle()");
        add(words, "storageClass", s3.storageClass());
        add(words, "encryption", s3.encryption());
        add(words, "kmsKey", s3.kmsKey());
        add(words, "profile", s3.profile());
        if (s3.keys() == null) return words.toString();
        words.append("; accessKey ").append(secret(s3.keys().access()));
        words.append("; secretKey ").append(secret(s3.keys().secret()));
        if (s3.keys().session() != null)
            words.append("; sessionToken ").append(secret(s3.keys().session()));
        return words.toString();
    }

    private static void add(StringBuilder words, String word, @Nullable String value) {
        if (value != null) words.append("; ").append(word).append(' ').append(quoted(value));
    }

    static String quoted(String value) {
        return "'"
                + value.replace("\\", "\\\\")
                        .replace("'", "\\'")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r") + "'";
    }

    @Override
    public String toString() {
        return "migration(" + quoted(name) + ") {\n" + text + "}\n";
    }
}
