package edu.wfu.wfumig.support

import edu.wfu.wfumig.database.Encryption
import edu.wfu.wfumig.database.mysql.MysqlAddress
import edu.wfu.wfumig.database.mysql.MysqlDatabase
import edu.wfu.wfumig.embedded.EmbeddedMariadb
import groovy.transform.CompileStatic
import java.nio.file.Files
import java.nio.file.Path
import java.sql.Connection
import java.sql.DriverManager
import java.sql.Statement

/** A server that specs share, with the data of the fixture network at hand. */
@CompileStatic
abstract class TestServer {
    abstract String host()

    abstract int port()

    abstract String user()

    abstract String password()

    abstract String product()

    /** Fills a schema anew with one of the fixture's networks, {@code dev} or {@code uat}. */
    abstract void load(String schema, String network)

    /** Fills a schema anew from any SQL file; only the embedded server can. */
    void loadFile(String schema, Path file) {
        throw new IllegalStateException("${product()} loads only the fixture's networks here")
    }

    MysqlDatabase database() {
        database(user(), password())
    }

    MysqlDatabase database(String user, String password) {
        new MysqlDatabase(new MysqlAddress(host(), port(), user, Encryption.NONE), password)
    }

    /** A connection that speaks bytes, as an independent reader. */
    Connection connect(String schema = '') {
        def connection = DriverManager.getConnection("jdbc:mysql://${host()}:${port()}/$schema?sslMode=DISABLED" +
                '&allowPublicKeyRetrieval=true&characterEncoding=UTF-8&allowMultiQueries=true', user(), password())
        connection.createStatement().withCloseable { it.execute("SET NAMES utf8mb4, time_zone = '+00:00', sql_mode = ''") }
        connection
    }

    void sql(String statements, String schema = '') {
        connect(schema).withCloseable { connection -> connection.createStatement().withCloseable { it.execute(statements) } }
    }

    List<List<String>> rows(String query, String schema = '') {
        connect(schema).withCloseable { connection -> connection.createStatement().withCloseable { rows(it, query) } }
    }

    private static List<List<String>> rows(Statement statement, String query) {
        def result = statement.executeQuery(query)
        List<List<String>> rows = []
        while (result.next()) rows << (List<String>) (1..result.metaData.columnCount).collect { int i -> result.getString(i) }
        rows
    }

    /** One value as bytes; null for NULL or no row. */
    byte[] value(String query, String schema = '') {
        connect(schema).withCloseable { connection ->
            connection.createStatement().withCloseable { statement ->
                statement.execute('SET NAMES binary')
                def result = statement.executeQuery(query)
                result.next() ? result.getBytes(1) : null
            }
        }
    }

    /** Drops schemas, and what runs kept of them. */
    void drop(String... schemas) {
        schemas.each { schema ->
            sql("DROP DATABASE IF EXISTS `$schema`")
            dropKept(schema)
        }
    }

    /** Drops what runs kept of a schema. */
    protected void dropKept(String schema) {
        rows("SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE '${schema.replace('_', '\\_')}\\_wfumig\\_kept%'")
                .each { sql("DROP DATABASE `${it[0]}`") }
    }

    /** Everything that the server holds outside its own schemas, as one checksum per table, with definitions. */
    Map<String, String> picture(List<String> schemas) {
        Map<String, String> picture = new TreeMap<>()
        connect().withCloseable { connection ->
            connection.createStatement().withCloseable { statement -> schemas.each { look(statement, it, picture) } }
        }
        picture
    }

    private static void look(Statement statement, String schema, Map<String, String> picture) {
        def found = rows(statement, "SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = '$schema'")
        Map<String, String> names = found.collectEntries { [it[0], "`$schema`.`${it[0].replace('`', '``')}`".toString()] }
        def tables = found.findAll { it[1] != 'VIEW' }*.get(0)
        (found*.get(0) - tables).each { picture["$schema.$it".toString()] = rows(statement, "SHOW CREATE VIEW ${names[it]}")[0][1] }
        def sums = tables ? rows(statement, "CHECKSUM TABLE ${tables.collect { names[it] }.join(',')}") : []
        tables.eachWithIndex { table, i -> picture["$schema.$table".toString()] = sums[i][1] + rows(statement, "SHOW CREATE TABLE ${names[table]}")[0][1] }
        rows(statement, "SELECT trigger_name, event_object_table, action_timing, event_manipulation, action_statement, sql_mode, definer FROM information_schema.triggers" +
                " WHERE trigger_schema = '$schema'").each { picture["$schema trigger ${it[0]}".toString()] = it.toString() }
    }

    /** A checksum for each table of a schema but wfumig's own, asked for at once; with definitions of those whose names begin so. */
    Map<String, String> sums(String schema, String defined) {
        def tables = rows("SELECT table_name FROM information_schema.tables WHERE table_schema = '$schema' AND table_type = 'BASE TABLE' AND table_name NOT LIKE 'wfumig%'")*.get(0)
        Map<String, String> sums = new TreeMap<>()
        rows("CHECKSUM TABLE ${tables.collect { "`$schema`.`$it`" }.join(',')}").each { sums[it[0]] = it[1] }
        tables.findAll { it.startsWith(defined) }.each { sums["$schema.$it definition".toString()] = rows("SHOW CREATE TABLE `$schema`.`$it`")[0][1] }
        rows("SELECT trigger_name, event_object_table, action_statement FROM information_schema.triggers WHERE trigger_schema = '$schema'").each { sums["trigger ${it[0]}".toString()] = it.toString() }
        sums
    }

    private static EmbeddedMariadb mariadb

    /** The embedded MariaDB of this test run; started once, stopped with the JVM. */
    static synchronized TestServer embedded() {
        if (mariadb == null) {
            def folder = Path.of('target/embedded').toAbsolutePath()
            mariadb = EmbeddedMariadb.start(folder, Fork.folder('server'), '--innodb-flush-log-at-trx-commit=0', '--performance-schema=OFF')
        }
        new Embedded(mariadb)
    }

    private static TestServer mysql
    private static String whyNoMysql

    /** Why there is no MySQL 9 here; empty when there is one. */
    static synchronized String noMysql9() {
        if (mysql == null && whyNoMysql == null) {
            try {
                mysql = Mysql9.start(Fork.folder('mysql9'))
                whyNoMysql = ''
            } catch (IOException e) {
                whyNoMysql = e.message
            }
        }
        whyNoMysql
    }

    /** A real MySQL 9 from Debian's packages, where those can be had. */
    static TestServer mysql9() {
        noMysql9()
        mysql
    }

    @CompileStatic
    private static final class Embedded extends TestServer {
        private final EmbeddedMariadb server

        Embedded(EmbeddedMariadb server) {
            this.server = server
        }

        @Override
        String host() { server.host() }

        @Override
        int port() { server.port() }

        @Override
        String user() { EmbeddedMariadb.USER }

        @Override
        String password() { server.password() }

        @Override
        String product() { 'MariaDB' }

        @Override
        void load(String schema, String network) {
            dropKept(schema)
            FixtureNetwork.of(network).fill(this, schema) { String sql -> server.run(sql, schema) }
        }

        @Override
        void loadFile(String schema, Path file) {
            server.load(schema, file)
        }
    }
}
