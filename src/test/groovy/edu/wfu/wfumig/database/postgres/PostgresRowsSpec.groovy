package edu.wfu.wfumig.database.postgres

import edu.wfu.wfumig.Refusal
import edu.wfu.wfumig.RowDigest
import edu.wfu.wfumig.database.Cursor
import edu.wfu.wfumig.database.Encryption
import edu.wfu.wfumig.embedded.EmbeddedPostgres
import edu.wfu.wfumig.support.TestPostgres
import java.nio.charset.StandardCharsets
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification

/** Rows leave one server and reach another of a later version as they were, and both say so. */
@Requires({ EmbeddedPostgres.majors().first() >= 14 }) // multiranges are among its types
class PostgresRowsSpec extends Specification {
    static final TYPES = '''
        CREATE TYPE mood AS ENUM ('sad', 'it''s "ok"', E'tab\\tbed', '\\back');
        CREATE DOMAIN positive AS int CHECK (VALUE > 0);
        CREATE DOMAIN label AS text NOT NULL;
        CREATE TYPE pair AS (a int, b text);
        CREATE COLLATION careless (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
        CREATE TABLE types (
            id bigint PRIMARY KEY, i2 int2, i4 int4, n numeric, n2 numeric(12,3), f4 real, f8 double precision, b bool,
            c char(7), qc "char", nm name, vc varchar(40), t text, ci text COLLATE careless, l label DEFAULT 'x',
            d date, tm time(6), tz timetz, ts timestamp, tsz timestamptz, iv interval,
            j json, jb jsonb, jp jsonpath, x xml, by bytea, u uuid, ta text[], ia int[][], ba bytea[], ja jsonb[], ma mood[],
            r4 int4range, rn numrange, rt tstzrange, rd daterange, mr int8multirange, m mood, dp positive, p pair, pa pair[],
            bi bit(5), bv varbit, ip inet, ci4 cidr, mc macaddr, mc8 macaddr8, mo money, tv tsvector, tq tsquery,
            po point, li line, ls lseg, bx box, pt path, pg polygon, ce circle, o oid, xi xid, lsn pg_lsn,
            g int GENERATED ALWAYS AS (i2 * 2) STORED, z text NOT NULL DEFAULT '')'''
    static final ROWS = [
            '''(2, -32768, -2147483648, 'NaN', '-123456789.123', 'NaN', '-Infinity', true, 'ab', 'x', 'na me', 'v', E'tab\\there\\nline\\rcr \\\\back \\\\. \\b\\f\\x0b', 'Über', E'\\\\N',
                '-infinity', '24:00:00', '12:34:56.789+05:30', 'infinity', '-infinity', '-1 year 2 mons -3 days 04:05:06.789',
                '{"a": "q\\"\\\\\\\\u00e9" , "a":1}', '{"k": ["x\\n", null, 1e400, "\\t\\\\\\\\"]}', '$.a[*] ? (@ > 1)', '<a b="c">&amp;d</a>', '\\x00ff5c0a09', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11',
                ARRAY['a"b', 'c\\\\d', NULL, 'NULL', '', 'e,f', '{g}', E'h\\ti\\nj'], '{{1,2},{3,NULL}}', ARRAY['\\x5c'::bytea], ARRAY['{"a\\\\\\\\b":"c"}'::jsonb], ARRAY[E'tab\\tbed', '\\back']::mood[],
                '[1,5)', '(,Infinity]', '[2020-01-01 00:00+02,infinity)', 'empty', '{[1,3),[5,9)}', '\\back', 7, ROW(1, E'x"y\\\\z\\t(,)'), ARRAY[ROW(NULL, NULL)::pair, NULL],
                B'10101', B'', '192.168.0.1', '10.0.0.0/8', '08:00:2b:01:02:03', '08:00:2b:01:02:03:04:05', '-1234.56', to_tsvector('simple', 'it''s a \\\\ fat cat'), $$'a\\\\b' & !c:*$$,
                '(1.5,-0)', '{1,2,3}', '((0,0),(1,1e300))', '(1,1),(0,0)', '[(0,0),(1,1)]', '((0,0),(1,1),(2,0))', '<(0,0),1>', 4294967295, '7', 'FFFFFFFF/FFFFFFFF', DEFAULT, '')''',
            '''(9223372036854775807, 32767, 2147483647, '1E-16383', '999999999.999', '1e-45', '4.9e-324', false, '       ', '', '', '', '', '', 'ünï€𝄞😀',
                'infinity', '00:00:00.000001', '00:00-15:59', '4713-01-01 00:00:00 BC', '294276-12-31 23:59:59.999999+00', 'P178956970Y7M', 'null', '"\\\\u0041"', '"x"', '', '', '00000000-0000-0000-0000-000000000000',
                '{}', '[0:1][2:3]={{1,2},{3,4}}', '{}', '{}', '{}', 'empty', '[1.10,2.0]', 'empty', '[2020-01-01,)', '{}', 'sad', 1, ROW(NULL, NULL), '{}',
                B'00000', B'1', '::1/64', '::/0', 'ff:ff:ff:ff:ff:ff', '00:00:00:00:00:00:00:00', '92233720368547758.07', '', '', '(NaN,Infinity)', '{-1,0,0}', '((1,2),(3,4))', '(2,2),(2,2)', '((0,0))', '((1,1))', '<(1,1),0>', 0, '0', '0/0', DEFAULT, E'\\\\N')''',
    ]
    @Shared Postgres from = new Postgres(TestPostgres.older(), 'rows_from', TYPES)
    @Shared Postgres to = new Postgres(TestPostgres.newer(), 'rows_to', TYPES)

    def cleanupSpec() {
        from.server.drop('rows_from')
        to.server.drop('rows_to')
    }

    def 'values of every common type arrive as they were, and both servers and the lines agree on their digest'() {
        given:
        from.run("INSERT INTO types (id) VALUES (1)")
        ROWS.each { from.run("INSERT INTO types VALUES $it") }
        if (from.value("SELECT count(*) FROM pg_available_extensions WHERE name = 'hstore'") == '1') {
            [from, to].each { it.run("CREATE EXTENSION hstore; ALTER TABLE types ADD hs hstore") }
            from.run(/UPDATE types SET hs = hstore(ARRAY['a"b', 'c\d', 'e'], ARRAY['1', E'x\ty\\z', NULL])/)
        }
        def table = from.define('types')

        when:
        def lines = from.read(table).toByteArray()
        to.load(table, lines, 3)

        then:
        to.read(table).toByteArray() == lines
        Postgres.digest(lines).rows() == 3
        from.digest(table) == Postgres.digest(lines)
        to.digest(table) == Postgres.digest(lines)

        and: 'no column is left out of the digest'
        table.stored().findAll { it.name() != 'id' }.every { column ->
            def less = table.stored() - column
            new PostgresProof(to.open(), 'public').withCloseable { it.digest('types', less) } != to.digest(table)
        }
        to.value('SELECT g IS NOT DISTINCT FROM i2 * 2 FROM types WHERE id = 2') == 't'
    }

    def 'rows that are handed over in binary form arrive as they were, in one transaction, or not at all'() {
        given: 'all columns of types that read the same on every server'
        from.run("DELETE FROM types; INSERT INTO types (id) VALUES (1)")
        ROWS.each { from.run("INSERT INTO types VALUES $it") }
        def kept = 'id, i2, i4, n, n2, f4, f8, b, c, vc, t, ci, l, d, tm, tz, ts, tsz, j, jb, by, u, ta, ia, ba, ja, m, dp, bi, bv, ip, ci4, mc, mc8, z'
        [from, to].each {
            it.run('DROP TABLE IF EXISTS handed; CREATE TABLE handed AS SELECT ' + kept + ' FROM types WHERE false; ALTER TABLE handed ADD g int GENERATED ALWAYS AS (i2 * 2) STORED')
        }
        from.run("INSERT INTO handed SELECT $kept FROM types")
        def table = from.define('handed')
        def handed = { String condition ->
            def rows = new ByteArrayOutputStream()
            PostgresSnapshot.of('public', 1, { from.open() }).withCloseable { it.readers()[0].handOver(table, condition, Postgres.sink { byte[] line -> rows.write(line) }) }
            rows.toByteArray()
        }
        def load = { byte[] rows, long expected ->
            new PostgresLoader(to.open(), 'public', PostgresFence.NONE).withCloseable {
                it.whole('handed', table.stored()*.name()).withCloseable { whole ->
                    // In pieces that end anywhere.
                    for (int at = 0; at < rows.length; at += 700) whole.add(rows, at, Math.min(rows.length, at + 700))
                    whole.commit(expected)
                }
            }
        }
        to.run("INSERT INTO handed (id, l) VALUES (77, 'of a dead attempt')")

        when:
        new PostgresLoader(to.open(), 'public', PostgresFence.NONE).withCloseable { loader ->
            loader.whole('handed', table.stored()*.name()).withCloseable { it.add(handed(null), 0, 100) }
        }

        then: 'what was not committed is gone, and what was there before is back'
        to.rows('SELECT id FROM handed') == [['77']]

        when:
        load(handed(null), 4)

        then:
        def refused = thrown(Refusal)
        refused.message.contains('the staging server took 3 of 4 rows')
        to.rows('SELECT id FROM handed') == [['77']]

        when:
        def transaction = load(handed(null), 3)

        then:
        to.rows('SELECT h::text FROM handed h ORDER BY id') == from.rows('SELECT h::text FROM handed h ORDER BY id')
        to.rows('SELECT DISTINCT xmin::text FROM handed') == [[transaction]]
        new PostgresProof(to.open(), 'public').withCloseable { it.untouched('handed', transaction, 3) }
        from.catalogue { it.handedOver('public', ['handed', 'types']) } == ['handed'] as Set

        when: 'only some, and none'
        load(handed('id > 1'), 2)

        then:
        to.rows('SELECT id FROM handed ORDER BY id') == [['2'], ['9223372036854775807']]
        load(handed('false'), 0)
        to.rows('SELECT id FROM handed') == []
    }

    def 'a table with heirs gives its own rows alone, as text and handed over'() {
        given:
        from.run('DROP TABLE IF EXISTS elder CASCADE; CREATE TABLE elder (id int PRIMARY KEY, t text); CREATE TABLE heir () INHERITS (elder);' +
                "INSERT INTO elder VALUES (1, 'own'); INSERT INTO heir VALUES (2, 'not own')")
        def table = from.define('elder')
        def handed = { String condition ->
            int rows = 0
            PostgresSnapshot.of('public', 1, { from.open() }).withCloseable { it.readers()[0].handOver(table, condition, Postgres.sink { byte[] line -> rows++ }) }
            rows
        }

        expect:
        from.read(table).toString() == '1\town\n'
        [handed(null), handed('id > 0')] == [1, 1]
    }

    def 'a table that somebody has written is told from one that nobody has: #statement'() {
        given:
        to.run('DROP TABLE IF EXISTS told; CREATE TABLE told (id int)')
        to.run('INSERT INTO told SELECT generate_series(1, 10)')
        def transaction = to.value('SELECT DISTINCT xmin FROM told')
        if (statement) to.run(statement)

        expect:
        new PostgresProof(to.open(), 'public').withCloseable { it.untouched('told', transaction, 10) } == untouched

        where:
        statement                                                   || untouched
        ''                                                          || true
        'VACUUM (FREEZE, FULL) told'                                || true
        'INSERT INTO told VALUES (11)'                              || false
        'DELETE FROM told WHERE id = 1'                             || false
        'UPDATE told SET id = id'                                   || false
        'DELETE FROM told WHERE id = 1; INSERT INTO told VALUES (1)' || false
    }

    def 'ranges of a table with #columns columns add up, and each is that of its lines'() {
        given:
        from.run("DROP TABLE IF EXISTS many; CREATE TABLE many (a int, b bigint, ${(1..columns).collect { "\"c $it\" text" }.join(', ')}, PRIMARY KEY (a, b));" +
                "INSERT INTO many (a, b, \"c 1\", \"c $columns\") SELECT i / 40 - 12, i % 40, 'row ' || i, CASE WHEN i % 7 > 0 THEN E'x\\n' || i END FROM generate_series(1, 1000) i")
        def table = from.define('many')
        def ends = [[-12, 1], [0, 20], [99, 0]].collect { new Cursor(['a', 'b'], it*.toString()) }

        when:
        def digests = new PostgresProof(from.open(), 'public').withCloseable { proof ->
            [[null] + ends, ends + [null]].transpose().collect { behind, upTo -> proof.digest('many', table.stored(), behind, upTo) }
        }

        then:
        digests*.rows() == [1, 499, 500, 0]
        digests.inject(RowDigest.EMPTY) { sum, one -> sum + one } == Postgres.digest(from.read(table).toByteArray())

        where:
        columns << [2, 1200]
    }

    def 'several readers see the same moment, whatever is written meanwhile'() {
        given:
        from.run('DROP TABLE IF EXISTS moment; CREATE TABLE moment (id int PRIMARY KEY, t text); INSERT INTO moment SELECT i, i::text FROM generate_series(1, 100) i')
        def table = from.define('moment')

        when:
        int opened = 0
        def snapshot = PostgresSnapshot.of('public', 3) {
            if (opened++ > 0) from.run('UPDATE moment SET t = t || id; INSERT INTO moment SELECT max(id) + 1, 1 FROM moment')
            from.open()
        }
        from.run('DELETE FROM moment')
        def read = snapshot.readers().collect { reader ->
            def text = new StringBuilder()
            reader.read(table, 'id <> 50', new Cursor(['id'], ['10']), Postgres.sink { byte[] line -> text << new String(line) })
            text.toString()
        }
        snapshot.close()

        then:
        read.unique() == [((11..100) - 50).collect { "$it\t$it\n" }.join('')]
        snapshot.how() == '3 readers share one snapshot'
    }

    def 'what the sink throws ends the reading at once'() {
        given:
        from.run('DROP TABLE IF EXISTS moment; CREATE TABLE moment (t text); INSERT INTO moment SELECT repeat(i::text, 100) FROM generate_series(1, 200000) i')
        def snapshot = PostgresSnapshot.of('public', 1) { from.open() }
        int taken = 0

        when:
        snapshot.readers()[0].read(from.define('moment'), null, null, Postgres.sink { if (taken++ > 2) throw new IOException('no room') })

        then:
        thrown(UncheckedIOException)
        taken == 4

        cleanup:
        snapshot.close()
    }

    def 'a table whose policy would hide rows is refused, not read in part'() {
        given:
        from.run("""DROP TABLE IF EXISTS moment; CREATE TABLE moment (id int); ALTER TABLE moment ENABLE ROW LEVEL SECURITY; CREATE POLICY few ON moment USING (id > 5);
            DROP ROLE IF EXISTS rows_reader; CREATE ROLE rows_reader LOGIN PASSWORD 'rows'; GRANT SELECT ON moment TO rows_reader""")
        def snapshot = PostgresSnapshot.of('public', 1) { from.open('rows_reader', 'rows') }

        when:
        snapshot.readers()[0].read(from.define('moment'), null, null, Postgres.sink {})

        then:
        def refusal = thrown(Refusal)
        refusal.message.contains('row-level security')

        cleanup:
        snapshot.close()
        from.run('DROP TABLE moment; DROP ROLE rows_reader')
    }

    def 'a row of 100 MB passes'() {
        given:
        [from, to].each { it.run('CREATE TABLE large (id int PRIMARY KEY, t text)') }
        from.run("INSERT INTO large SELECT 1, repeat(E'0123456789abcdef\\n', 6168095)")
        def table = from.define('large')

        when:
        byte[] large = null
        PostgresSnapshot.of('public', 1) { from.open() }.withCloseable { it.readers()[0].read(table, null, null, Postgres.sink { byte[] line -> large = line }) }
        to.load(table, large, 1)

        then:
        large.length > 100 << 20
        to.digest(table) == Postgres.digest(large)
        to.value('SELECT octet_length(t) FROM large') == '104857615'

        cleanup:
        [from, to].each { it.run('DROP TABLE IF EXISTS large') }
    }

    def 'a chunk is taken as a whole or not at all: #what'() {
        given:
        to.run('DROP TABLE IF EXISTS chunk; CREATE TABLE chunk (id int PRIMARY KEY, t varchar(5)); INSERT INTO chunk VALUES (0, NULL)')
        def table = to.define('chunk')

        when:
        to.load(table, lines.getBytes(StandardCharsets.UTF_8), rows)

        then:
        def refusal = thrown(Refusal)
        refusal.kind() == kind
        refusal.message.contains('loading table chunk')
        refusal.message.contains(says)
        !refusal.message.contains('Key (') // the server's DETAIL, which may hold a whole row
        to.value('SELECT count(*) FROM chunk') == '1'

        where:
        what                  | lines                | rows || kind                  | says
        'a key comes twice'   | '1\ta\n1\tb\n'       | 2    || Refusal.Kind.FAILED   | 'duplicate key value violates unique constraint "chunk_pkey" at COPY chunk, line 2'
        'a value is too long' | '1\ta\n2\tabcdefg\n' | 2    || Refusal.Kind.FAILED   | 'value too long'
        'a row is missing'    | '1\ta\n'             | 2    || Refusal.Kind.MISMATCH | 'took 1 of 2 rows'
        'a column is missing' | '1\n'                | 1    || Refusal.Kind.FAILED   | 'missing data for column "t"'
    }

    def 'a lost connection is an error that passes'() {
        given:
        to.run('DROP TABLE IF EXISTS chunk; CREATE TABLE chunk (id int)')
        def connection = to.open()
        def loader = new PostgresLoader(connection, 'public', PostgresFence.NONE)
        to.run("SELECT pg_terminate_backend(${connection.unwrap(org.postgresql.PGConnection).backendPID})")

        when:
        loader.load('chunk', ['id'], true, '1\n'.bytes, 0, 2, 1)

        then:
        def refusal = thrown(Refusal)
        refusal.kind() == Refusal.Kind.PASSING

        cleanup:
        loader.close()
    }

    def 'rows that point nowhere are counted'() {
        given:
        to.run('CREATE TABLE up (id int PRIMARY KEY); CREATE TABLE down (up int); INSERT INTO up VALUES (1); INSERT INTO down VALUES (1), (NULL), (0), (2), (2)')

        expect:
        new PostgresProof(to.open(), 'public').withCloseable { it.orphans('down', 'up', 'up', 'id') } == 2
        new PostgresProof(to.open(), 'public').withCloseable { it.count('down') } == 5

        cleanup:
        to.run('DROP TABLE up, down')
    }

    def 'digests of a database in another encoding are refused'() {
        given:
        to.server.drop('rows_latin')
        to.server.sql("CREATE DATABASE rows_latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
        def connection = new PostgresConnections(new PostgresAddress(to.server.host(), to.server.port(), 'rows_latin', to.server.user(), Encryption.NONE), to.server.password()).open()

        when:
        new PostgresProof(connection, 'public').digest('any', [])

        then:
        def refusal = thrown(Refusal)
        refusal.message.contains("the database's encoding is LATIN1")

        cleanup:
        connection.close()
        to.server.drop('rows_latin')
    }
}
