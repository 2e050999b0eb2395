package edu.wfu.wfumig.support

import edu.wfu.wfumig.database.Database
import edu.wfu.wfumig.dump.StatementReader
import edu.wfu.wfumig.inventory.Structure
import groovy.transform.CompileStatic
import java.nio.charset.StandardCharsets
import java.sql.Connection

/** An empty schema on a server of either product, where statements are run one by one, as a person would type them. */
@CompileStatic
abstract class Grounds {
    abstract String product()

    abstract Database database()

    abstract String schema()

    /** Makes the schema anew, empty. */
    abstract void clear()

    abstract void remove()

    abstract List<List<String>> rows(String query)

    protected abstract Connection open()

    protected abstract StatementReader.Tongue tongue()

    protected abstract String charset()

    /** Runs an SQL file under a prefix. */
    void run(String sql, String prefix = '') {
        def bytes = sql.replace('{prefix}', prefix).replace('{charset_collate}', charset()).getBytes(StandardCharsets.UTF_8)
        open().withCloseable { connection ->
            def reader = new StatementReader(new ByteArrayInputStream(bytes), tongue(), 1 << 20)
            for (def next = reader.next(); next != null; next = reader.next()) {
                def text = new String(next.sql(), StandardCharsets.UTF_8)
                connection.createStatement().withCloseable { it.execute(text) }
            }
        }
    }

    Structure structure(String prefix = '') {
        database().catalogue().withCloseable { it.structure(schema(), prefix) }
    }

    /** On MySQL or MariaDB. */
    static Grounds of(TestServer server, String schema) { new Mysql(server, schema) }

    static Grounds of(TestPostgres server, String schema) { new Postgres(server, schema) }

    @CompileStatic
    private static final class Mysql extends Grounds {
        private final TestServer server
        private final String schema

        Mysql(TestServer server, String schema) {
            this.server = server
            this.schema = schema
        }

        @Override
        String product() { server.product() }

        @Override
        Database database() { server.database() }

        @Override
        String schema() { schema }

        @Override
        void clear() { server.sql("DROP DATABASE IF EXISTS `$schema`; CREATE DATABASE `$schema` CHARACTER SET utf8mb4") }

        @Override
        void remove() { server.drop(schema) }

        @Override
        List<List<String>> rows(String query) { server.rows(query, schema) }

        @Override
        protected Connection open() { server.connect(schema) }

        @Override
        protected StatementReader.Tongue tongue() { StatementReader.Tongue.MYSQL }

        @Override
        protected String charset() { 'DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci' }
    }

    @CompileStatic
    private static final class Postgres extends Grounds {
        private final TestPostgres server
        private final String schema

        /** Schemas of a database of their own. */
        private static final String DATABASE = 'grounds'

        Postgres(TestPostgres server, String schema) {
            this.server = server
            this.schema = schema
            if (server.value("SELECT 1 FROM pg_database WHERE datname = '$DATABASE'") == null) server.create(DATABASE)
        }

        @Override
        String product() { 'PostgreSQL' }

        @Override
        Database database() { server.database(DATABASE) }

        @Override
        String schema() { schema }

        @Override
        void clear() { server.sql("DROP SCHEMA IF EXISTS $schema CASCADE; CREATE SCHEMA $schema", DATABASE) }

        @Override
        void remove() { server.sql("DROP SCHEMA IF EXISTS $schema CASCADE", DATABASE) }

        @Override
        List<List<String>> rows(String query) { server.rows(query, DATABASE, schema) }

        @Override
        protected Connection open() {
            def connection = server.connect(DATABASE)
            connection.createStatement().withCloseable { it.execute("SET search_path = $schema") }
            connection
        }

        @Override
        protected StatementReader.Tongue tongue() { StatementReader.Tongue.POSTGRES }

        @Override
        protected String charset() { '' }
    }
}
