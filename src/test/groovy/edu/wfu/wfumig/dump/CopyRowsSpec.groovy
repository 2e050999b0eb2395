package edu.wfu.wfumig.dump

import edu.wfu.wfumig.RowDigest
import edu.wfu.wfumig.dump.Manifest.ColumnPart
import edu.wfu.wfumig.dump.Manifest.Definition
import edu.wfu.wfumig.dump.Manifest.TablePart
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Rows as COPY writes them, and the dump that psql restores. The rules are those of PostgreSQL's manual: "COPY", "Text Format". */
class CopyRowsSpec extends Specification {
    static final List<ColumnPart> COLUMNS = [new ColumnPart('id', 'int8', ''), new ColumnPart('a b', 'text', '')]

    @TempDir Path folder

    private static byte[][] row(Object... values) {
        values.collect { it == null ? null : it instanceof byte[] ? it : it.toString().getBytes('UTF-8') } as byte[][]
    }

    private static String line(byte[][] values) {
        def buffer = new RowBuffer(16)
        new CopyRows().append(buffer, values)
        buffer.toString()
    }

    def 'a value is written by the rules of COPY: #what'() {
        expect:
        line(row((Object) value)) == text + '\n'

        where:
        what              | value                     || text
        'NULL'            | null                      || '\\N'
        'nothing'         | ''                        || ''
        'NULL as a text'  | '\\N'                     || '\\\\N'
        'the word'        | 'NULL'                    || 'NULL'
        'a backslash'     | 'C:\\new'                 || 'C:\\\\new'
        'the six escapes' | '\b\t\n\u000b\f\r'        || '\\b\\t\\n\\v\\f\\r'
        'end of data'     | '\\.'                     || '\\\\.'
        'quotes'          | '\'a\' "b" $c$'           || '\'a\' "b" $c$'
        'other controls'  | '\u0001\u001f\u007f'      || '\u0001\u001f\u007f'
        'bytea'           | '\\x00ff'                 || '\\\\x00ff'
        'an array'        | '{"a\\\\b","c\\"d",NULL}' || '{"a\\\\\\\\b","c\\\\"d",NULL}'
    }

    def 'values stand with tabs between them, a row is a line, and it is read back as it was: #what'() {
        given:
        def buffer = new RowBuffer(4)
        def format = new CopyRows()
        buffer.write('before\n'.bytes)
        long checksum = format.append(buffer, values)
        def read = new byte[values.length][]

        expect:
        format.parse(buffer.array(), 7, read) == buffer.size()
        Arrays.deepEquals(read, values)
        buffer.toString().count('\n') == 2
        buffer.toString().count('\t') == Math.max(0, values.length - 1)
        checksum == format.checksum(values)

        and: 'the line itself has the same checksum'
        format.append(new RowBuffer(4), Arrays.copyOfRange(buffer.array(), 7, buffer.size())) == checksum

        where:
        what         | values
        'plain'      | row(1, 'a')
        'NULLs'      | row(null, null, null)
        'empty'      | row('', '', '')
        'no column'  | row()
        'one NULL'   | row((Object) null)
        'texts'      | row('\\N', 'N', '\\', '\\\\N')
        'lines'      | row('a\nb', '\r\n', '\t')
        'every byte' | row((0..255).collect { (byte) it } as byte[], (255..0).collect { (byte) it } as byte[])
    }

    def 'what any client may have escaped is understood: #text'() {
        given:
        def read = new byte[1][]
        def bytes = (text + '\n').bytes

        expect:
        new CopyRows().parse(bytes, 0, read) == bytes.length
        new String(read[0]) == value

        where:
        text     || value
        'a\\"b'  || 'a"b'
        '\\/\\/' || '//'
        '\\.x'   || '.x'
    }

    def 'a row of other columns than its table has is no row: #text'() {
        when:
        new CopyRows().parse(text.bytes, 0, new byte[2][])

        then:
        thrown(IllegalStateException)

        where:
        text << ['1\n', '1\t2\t3\n']
    }

    def 'NULL, an empty text and the text that looks like NULL differ in their checksums'() {
        expect:
        [row((Object) null), row(''), row('\\N'), row('N')].collect { new CopyRows().checksum(it) }.toSet().size() == 4
    }

    private static TablePart table(String name, List<String> after) {
        new TablePart(name, "CREATE TABLE \"$name\" (\"id\" bigint NOT NULL, \"a b\" text)", COLUMNS, ['id'], [], after)
    }

    private Path write() {
        def path = folder.resolve('tables/source.sql.zst')
        def press = new Press(Press.TIGHT)
        DumpWriter.open(path, 'tables', 'PostgreSQL 17.2', 'pub"lic', 0).withCloseable { dump ->
            def child = table('child', ['ALTER TABLE "child" ADD CONSTRAINT "child of" FOREIGN KEY ("id") REFERENCES "t"("id")', 'CREATE INDEX "c" ON "child" USING btree ("a b")'])
            def parent = table('t', ['ALTER TABLE ONLY "t" ADD CONSTRAINT "t_pkey" PRIMARY KEY ("id")', 'SELECT pg_catalog.setval(\'"t_id_seq"\', 7, true)'])
            [child, parent].each { part ->
                def writer = dump.table(part)
                def format = DumpForm.of('PostgreSQL 17.2').rows(part.columns())
                [1..3, 4..7].each { ids ->
                    def buffer = writer.begin(press)
                    def digest = RowDigest.EMPTY
                    ids.each { digest = digest.with(format.append(buffer, row(it, it == 2 ? null : "text\t$it"))) }
                    writer.append(writer.pack(press, digest, [ids.last().toString()]))
                }
            }
            dump.complete(['t', 'child'], [new Definition('v', '', 'CREATE VIEW "v" AS SELECT 1', '')], [new Definition('g', 't', 'CREATE TRIGGER "g"', '')])
        }
        path
    }

    def 'a dump is a script for psql: COPY blocks, what completes tables behind all rows, foreign keys behind that'() {
        given:
        def path = write()
        def manifest = Manifest.of(path)
        def text = new String(new com.github.luben.zstd.ZstdInputStream(Files.newInputStream(path)).setContinuous(true).readAllBytes(), 'UTF-8')

        expect:
        text.startsWith('-- wfumig dump of tables from schema pub"lic, PostgreSQL 17.2\n')
        text.contains('SET search_path = "pub""lic";\n')
        text.contains('DROP TABLE IF EXISTS "t" CASCADE;\nCREATE TABLE "t" ')
        text.contains('COPY "t" ("id","a b") FROM stdin;\n1\ttext\\t1\n2\t\\N\n3\ttext\\t3\n\\.\n\n')
        text.endsWith('''\
            ALTER TABLE ONLY "t" ADD CONSTRAINT "t_pkey" PRIMARY KEY ("id");
            SELECT pg_catalog.setval('"t_id_seq"', 7, true);
            CREATE INDEX "c" ON "child" USING btree ("a b");
            ALTER TABLE "child" ADD CONSTRAINT "child of" FOREIGN KEY ("id") REFERENCES "t"("id");
            CREATE TRIGGER "g";
            CREATE VIEW "v" AS SELECT 1;
            '''.stripIndent())
        manifest.rows() == 14
        manifest.table('child').after().size() == 2
        DumpCheck.of(path) == manifest
    }

    def 'the rows of a chunk end before its end of data'() {
        given:
        def path = write()
        def manifest = Manifest.of(path)

        expect:
        new DumpReader(path).withCloseable { reader ->
            manifest.table('t').chunks().collect { chunk ->
                def raw = reader.open(reader.packed(chunk.frame()), chunk.frame())
                new String(raw, chunk.rowsAt(), manifest.form().rows(COLUMNS).end(raw.length) - chunk.rowsAt(), 'UTF-8')
            } == ['1\ttext\\t1\n2\t\\N\n3\ttext\\t3\n', '4\ttext\\t4\n5\ttext\\t5\n6\ttext\\t6\n7\ttext\\t7\n']
        }
    }
}
