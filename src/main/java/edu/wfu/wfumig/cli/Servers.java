package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.Encryption;
import edu.wfu.wfumig.database.mysql.MysqlAddress;
import edu.wfu.wfumig.database.mysql.MysqlDatabase;
import edu.wfu.wfumig.database.postgres.PostgresAddress;
import edu.wfu.wfumig.database.postgres.PostgresDatabase;
import edu.wfu.wfumig.embedded.EmbeddedMariadb;
import edu.wfu.wfumig.embedded.EmbeddedPostgres;
import edu.wfu.wfumig.graph.Compiler;
import edu.wfu.wfumig.plan.Cutover;
import edu.wfu.wfumig.plan.Environment;
import edu.wfu.wfumig.plan.Secret;
import edu.wfu.wfumig.plan.Server;
import edu.wfu.wfumig.plan.Ssl;
import edu.wfu.wfumig.settings.Secrets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a plan, opened by what the plan says of them. Embedded ones are started when they are first needed, each once,
 * and live as long as this.
 */
final class Servers implements AutoCloseable {
    private final Path cache;
    private final Path beside;
    private final Secrets secrets;
    private final Cutover cutover;
    private @Nullable EmbeddedMariadb mariadb;
    private final Map<Integer, EmbeddedPostgres> postgres = new TreeMap<>();

    /**
     * @param cache where programs and data of embedded servers are kept
     * @param beside the folder of the plan file
     * @param cutover how tables of PostgreSQL are to change places
     */
    Servers(Path cache, Path beside, Secrets secrets, Cutover cutover) {
        this.cutover = cutover;
        this.cache = cache;
        this.beside = beside;
        this.secrets = secrets;
    }

    /**
     * Makes what an embedded environment has.
     *
     * @param load whether it is filled anew; else only when it is not there
     */
    void prepare(Environment end, boolean load) {
        if (end.server() instanceof Server.Embedded wanted) prepare(mariadb(), end.schema(), wanted.load(), load);
        if (end.server() instanceof Server.EmbeddedPostgres wanted) {
            var server = postgres(wanted.major());
            if (wanted.load() == null || !load && server.has(wanted.database())) server.create(wanted.database());
            else server.load(wanted.database(), beside.resolve(wanted.load()));
        }
    }

    private void prepare(EmbeddedMariadb server, String schema, @Nullable String file, boolean load) {
        if (file == null || !load && server.has(schema)) {
            server.create(schema);
            return;
        }
        server.dropAll(schema + Compiler.KEPT_SCHEMA); // what earlier runs kept of the schema's earlier life
        server.load(schema, beside.resolve(file));
    }

    /** A server that is there without wfumig. */
    static Database connect(Server server, Path beside, Secrets secrets) {
        if (!server.embedded()) return new Servers(beside, beside, secrets, Cutover.SWAP).open(server);
        throw new Refusal(
                Refusal.Kind.INVALID,
                Problem.of(
                        "an embedded server lives only as long as a run",
                        "an environment with a server of its own",
                        "nothing was written",
                        "nobody but wfumig uses it: it needs no more than a run"));
    }

    Database open(Server server) {
        if (server instanceof Server.Mysql mysql) return open(mysql);
        if (server instanceof Server.Postgres database) return open(database);
        if (server instanceof Server.EmbeddedPostgres wanted) {
            var running = postgres(wanted.major());
            return open(
                    new PostgresAddress(
                            running.host(), running.port(), wanted.database(), EmbeddedPostgres.USER, Encryption.NONE),
                    running.password());
        }
        var running = mariadb();
        return new MysqlDatabase(
                new MysqlAddress(running.host(), running.port(), EmbeddedMariadb.USER, Encryption.NONE),
                running.password());
    }

    private Database open(Server.Mysql mysql) {
        var address = new MysqlAddress(mysql.host(), mysql.port(), mysql.user(), encryption(mysql.ssl()));
        return new MysqlDatabase(address, password(mysql.password()));
    }

    private Database open(Server.Postgres postgres) {
        var address = new PostgresAddress(
                postgres.host(), postgres.port(), postgres.database(), postgres.user(), encryption(postgres.ssl()));
        return open(address, password(postgres.password()));
    }

    private Encryption encryption(Ssl ssl) {
        String file = ssl.rootCertificate();
        return new Encryption(Encryption.Mode.valueOf(ssl.mode().name()), file == null ? null : beside.resolve(file));
    }

    private Database open(PostgresAddress address, String password) {
        return new PostgresDatabase(address, password, cutover == Cutover.TRUNCATE_AND_LOAD);
    }

    private String password(@Nullable Secret secret) {
        return secret == null ? "" : secrets.value(secret.name());
    }

    private EmbeddedMariadb mariadb() {
        if (mariadb == null) mariadb = EmbeddedMariadb.start(cache, cache.resolve("embedded"));
        return mariadb;
    }

    private EmbeddedPostgres postgres(int major) {
        return postgres.computeIfAbsent(
                major, number -> EmbeddedPostgres.start(cache, cache.resolve("embedded-postgres-" + number), number));
    }

    @Override
    public void close() {
        postgres.values().forEach(EmbeddedPostgres::close);
        if (mariadb != null) mariadb.close();
    }
}
