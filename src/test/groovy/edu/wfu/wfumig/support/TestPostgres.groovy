package edu.wfu.wfumig.support

import edu.wfu.wfumig.database.Encryption
import edu.wfu.wfumig.database.postgres.PostgresAddress
import edu.wfu.wfumig.database.postgres.PostgresDatabase
import edu.wfu.wfumig.embedded.EmbeddedPostgres
import groovy.transform.CompileStatic
import java.nio.file.Path
import java.sql.Connection
import java.sql.DriverManager

/** Embedded PostgreSQL servers that specs share: one of each major version, started once, stopped with the JVM. */
@CompileStatic
class TestPostgres {
    private static final Map<Integer, TestPostgres> SERVERS = [:]

    protected final EmbeddedPostgres server
    final int major

    protected TestPostgres(EmbeddedPostgres server, int major) {
        this.server = server
        this.major = major
    }

    static synchronized TestPostgres of(int major) {
        if (!SERVERS[major]) {
            def folder = Path.of('target/embedded').toAbsolutePath()
            SERVERS[major] = new TestPostgres(EmbeddedPostgres.start(folder, Fork.folder("postgres-$major"), major,
                    'fsync = off', 'synchronous_commit = off', 'full_page_writes = off', 'shared_buffers = 32MB', 'autovacuum = off'), major)
        }
        SERVERS[major]
    }

    static TestPostgres older() { of(EmbeddedPostgres.majors().first()) }

    static TestPostgres newer() { of(EmbeddedPostgres.majors().last()) }

    String host() { server.host() }

    int port() { server.port() }

    String user() { EmbeddedPostgres.USER }

    String password() { server.password() }

    PostgresDatabase database(String database = 'postgres', String user = user(), String password = password()) {
        new PostgresDatabase(new PostgresAddress(host(), port(), database, user, Encryption.NONE), password)
    }

    /** Makes databases anew, empty. */
    void create(String... databases) {
        databases.each { server.drop(it); server.create(it) }
    }

    void drop(String... databases) {
        databases.each { server.drop(it) }
    }

    /** Fills a database anew from any SQL file. */
    void loadFile(String database, Path file) { server.load(database, file) }

    /** A connection with the server's own settings, as an independent reader. */
    Connection connect(String database = 'postgres', String user = user(), String password = password()) {
        DriverManager.getConnection("jdbc:postgresql://${host()}:${port()}/$database", user, password)
    }

    void sql(String statements, String database = 'postgres') {
        connect(database).withCloseable { connection -> connection.createStatement().withCloseable { it.execute(statements) } }
    }

    /**
     * @param schema where bare names are looked for
     */
    List<List<String>> rows(String query, String database = 'postgres', String schema = 'public') {
        connect(database).withCloseable { connection ->
            connection.createStatement().withCloseable { statement ->
                statement.execute("SET search_path = $schema")
                def result = statement.executeQuery(query)
                List<List<String>> rows = []
                while (result.next()) rows << (List<String>) (1..result.metaData.columnCount).collect { int i -> result.getString(i) }
                rows
            }
        }
    }

    /** One value as text; null for NULL or no row. */
    String value(String query, String database = 'postgres') {
        def rows = rows(query, database)
        rows.isEmpty() ? null : rows[0][0]
    }
}
