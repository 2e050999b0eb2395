package edu.wfu.wfumig.database.postgres

import edu.wfu.wfumig.RowDigest
import edu.wfu.wfumig.database.Encryption
import edu.wfu.wfumig.database.TableDefinition
import edu.wfu.wfumig.dump.CopyChecksum
import edu.wfu.wfumig.inventory.Column
import edu.wfu.wfumig.support.TestPostgres
import java.sql.Connection

/** A database as the classes of this package see it. */
class Postgres {
    final TestPostgres server
    final String database

    Postgres(TestPostgres server, String database, String sql) {
        this.server = server
        this.database = database
        server.create(database)
        run(sql)
    }

    Connection open(String user = server.user(), String password = server.password()) {
        new PostgresConnections(new PostgresAddress(server.host(), server.port(), database, user, Encryption.NONE), password).open()
    }

    void run(String sql) {
        server.sql(sql, database)
    }

    List<List<String>> rows(String sql) {
        server.rows(sql, database)
    }

    String value(String sql) {
        server.value(sql, database)
    }

    def catalogue(Closure asked) {
        new PostgresCatalogue(open(), new PostgresAddress(server.host(), server.port(), database, server.user(), Encryption.NONE)).withCloseable(asked)
    }

    TableDefinition define(String table, String schema = 'public') {
        def columns = rows("SELECT attname, typname, attgenerated <> '' FROM pg_attribute JOIN pg_type t ON t.oid = atttypid" +
                " WHERE attrelid = '\"$schema\".\"$table\"'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum")
                .collect { new Column(it[0], it[1], '', '', it[2] == 't') }
        def key = rows("SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY(indkey)" +
                " WHERE indisprimary AND indrelid = '\"$schema\".\"$table\"'::regclass ORDER BY array_position(indkey::int2[], attnum)")*.get(0)
        new TableDefinition(table, '', columns, key, [])
    }

    /** The lines of a table in one buffer. */
    ByteArrayOutputStream read(TableDefinition table, String schema = 'public') {
        def lines = new ByteArrayOutputStream()
        PostgresSnapshot.of(schema, 1, { open() }).withCloseable { it.readers()[0].read(table, null, null, sink { byte[] line -> lines.write(line) }) }
        lines
    }

    static edu.wfu.wfumig.database.SnapshotReader.RowSink sink(Closure taken) {
        new edu.wfu.wfumig.database.SnapshotReader.RowSink() {
            @Override
            void row(byte[][] values) { throw new AssertionError('lines are wanted') }

            @Override
            void line(byte[] line) { taken(line) }
        }
    }

    static RowDigest digest(byte[] lines) {
        def checksum = new CopyChecksum()
        def digest = RowDigest.EMPTY
        int from = 0
        for (int to = 0; to < lines.length; to++) {
            if (lines[to] != (byte) 10) continue
            digest = digest.with(checksum.ofLine(lines, from, to))
            from = to + 1
        }
        digest
    }

    RowDigest digest(TableDefinition table, String schema = 'public') {
        new PostgresProof(open(), schema).withCloseable { it.digest(table.name(), table.stored()) }
    }

    void load(TableDefinition table, byte[] lines, long rows, String schema = 'public') {
        new PostgresLoader(open(), schema, PostgresFence.NONE).withCloseable {
            it.load(table.name(), table.stored()*.name(), true, lines, 0, lines.length, rows)
        }
    }
}
