package edu.wfu.wfumig.dump

import edu.wfu.wfumig.Refusal
import edu.wfu.wfumig.RowDigest
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class DumpSpec extends Specification {
    static final List<Manifest.ColumnPart> COLUMNS = [new Manifest.ColumnPart('id', 'bigint', ''), new Manifest.ColumnPart('text', 'longtext', 'utf8mb4'), new Manifest.ColumnPart('blob', 'blob', '')]

    @TempDir Path folder

    private static byte[][] row(Object... values) {
        values.collect { it == null ? null : it instanceof byte[] ? it : it.toString().getBytes('UTF-8') } as byte[][]
    }

    def 'any row is read back as it was written: #what'() {
        given:
        def format = new MysqlRows(COLUMNS, true)
        def buffer = new RowBuffer(16)
        format.append(buffer, written)

        expect:
        Arrays.deepEquals(read(format, buffer, written.length), written)
        !buffer.toString()[0..-2].contains('\n')

        where:
        what           | written
        'plain'        | row(1, 'a', 'b')
        'NULLs'        | row(null, null, null)
        'empty'        | row(0, '', '')
        'the word'     | row(-5, 'NULL', 'N')
        'quotes'       | row(1, "it's \"x\" ''", "\\'")
        'ends'         | row(1, '),\n(', ');\n')
        'backslashes'  | row(1, '\\', '\\\\n')
        'every byte'   | row(1, (0..255).collect { (byte) it } as byte[], (255..0).collect { (byte) it } as byte[])
    }

    def 'a byte with an escape is found wherever it stands among eight, alone and before others: #hex'() {
        given:
        def format = new MysqlRows(COLUMNS, true)

        expect:
        (0..17).every { int place ->
            [[place], [place, place + 1], [place, place + 3, place + 9]].every { places ->
                byte[] value = 'aZ\u00ff~aZ\u00ff~aZ\u00ff~aZ\u00ff~aZ\u00ff~aZ\u00ff~aZ\u00ff~'.getBytes('ISO-8859-1')
                places.each { value[it] = (byte) escaped }
                def written = row(1, value, value)
                def buffer = new RowBuffer(16)
                format.append(buffer, written)
                Arrays.deepEquals(read(format, buffer, written.length), written)
            }
        }

        where:
        escaped << [0, 10, 13, 0x1a, 39, 92]
        hex = Integer.toHexString(escaped)
    }

    def 'MySQL JSON and MariaDB INET are spelled as text, and such rows are for INSERT alone'() {
        given:
        def columns = [new Manifest.ColumnPart('j', type, '')]
        def format = new MysqlRows(columns, mariadb)
        def buffer = new RowBuffer(16)
        format.append(buffer, row('{"a":"it\'s"}'))

        expect:
        buffer.toString() == text + ',\n'
        format.loadable() == loadable
        Arrays.deepEquals(read(format, buffer, 1), row('{"a":"it\'s"}'))

        where:
        type    | mariadb || text                             | loadable
        'json'  | false   || '(_utf8mb4\'{"a":"it\\\'s"}\')'  | false
        'json'  | true    || '(\'{"a":"it\\\'s"}\')'          | true
        'inet6' | true    || '(_utf8mb4\'{"a":"it\\\'s"}\')'  | false
    }

    private static byte[][] read(RowFormat format, RowBuffer buffer, int columns) {
        def values = new byte[columns][]
        assert format.parse(buffer.array(), 0, values) == buffer.size()
        values
    }

    private Path write(int rows) {
        def path = folder.resolve('site-1/source.sql.zst')
        def press = new Press(Press.TIGHT)
        DumpWriter.open(path, 'site-1', 'MariaDB 11.4.5', 'wp', 0).withCloseable { dump ->
            def table = dump.table(new Manifest.TablePart('wp_posts', 'CREATE TABLE `wp_posts` (`id` int)', COLUMNS, ['id'], [], []))
            def format = new MysqlRows(COLUMNS, true)
            (1..rows).collate(3).each { part ->
                def buffer = table.begin(press)
                def digest = RowDigest.EMPTY
                part.each {
                    digest = digest.with(format.append(buffer, row(it, "text $it", null)))
                }
                table.append(table.pack(press, digest, ['7']))
            }
            dump.complete(['wp_posts'], [], [new Manifest.Definition('t', 'wp_posts', 'CREATE TRIGGER t BEFORE INSERT ON wp_posts FOR EACH ROW SET @a = 1', 'ANSI_QUOTES')])
        }
        path
    }

    def 'a dump is plain SQL for anyone, in frames that open one by one'() {
        given:
        def path = write(7)
        def manifest = Manifest.of(path)
        def text = new String(new com.github.luben.zstd.ZstdInputStream(Files.newInputStream(path)).setContinuous(true).readAllBytes(), 'UTF-8')

        expect:
        text.contains("INSERT INTO `wp_posts` (`id`,`text`,`blob`) VALUES\n(1,'text 1',NULL),\n(2,'text 2',NULL),\n(3,'text 3',NULL);\n")
        text.contains("(7,'text 7',NULL);\n")
        text.contains('DELIMITER ;;')
        manifest.rows() == 7
        manifest.table('wp_posts').chunks().size() == 3
        new DumpReader(path).withCloseable { reader ->
            def chunk = manifest.table('wp_posts').chunks()[2]
            new String(reader.open(reader.packed(chunk.frame()), chunk.frame()), 'UTF-8').substring(chunk.rowsAt()) == "(7,'text 7',NULL);\n"
        }
    }

    def 'a dump without its manifest is not complete'() {
        given:
        def path = write(3)

        when:
        DumpWriter.open(path, 'site-1', '', '', 0).close()

        then:
        !Manifest.isComplete(path)
    }

    def 'a dump that is shorter or longer than its manifest says is refused'() {
        given:
        def path = write(3)
        change(path)

        when:
        Manifest.of(path)

        then:
        def refusal = thrown(Refusal)
        refusal.message.contains('its manifest says')

        where:
        change << [{ Path p -> Files.write(p, Files.readAllBytes(p)[0..-2] as byte[]) }, { Path p -> Files.write(p, (Files.readAllBytes(p).toList() + [(byte) 1]) as byte[]) }]
    }

    def 'a damaged frame is refused with its place'() {
        given:
        def path = write(30)
        def manifest = Manifest.of(path)
        def frame = manifest.table('wp_posts').chunks()[1].frame()
        def bytes = Files.readAllBytes(path)
        bytes[(int) frame.offset() + frame.length().intdiv(2)] ^= 0x55
        Files.write(path, bytes)

        when:
        new DumpReader(path).withCloseable { it.open(it.packed(frame), frame) }

        then:
        def refusal = thrown(Refusal)
        refusal.message.contains("is damaged at byte ${frame.offset()}")
    }

    private static long checksum(byte[][] values) {
        new MysqlRows(COLUMNS, true).checksum(values)
    }

    def 'a digest does not depend on order and sees any change'() {
        given:
        def a = checksum(row(1, 'a', null))
        def b = checksum(row(2, 'b', ''))

        expect:
        RowDigest.EMPTY.with(a).with(b) == RowDigest.EMPTY.with(b).with(a)
        RowDigest.EMPTY.with(a).with(b).without(a) == RowDigest.EMPTY.with(b)
        RowDigest.EMPTY.with(a).plus(RowDigest.EMPTY.with(b)) == RowDigest.EMPTY.with(a).with(b)
        checksum(row(1, 'a', '')) != a
        checksum(row(1, null, 'a')) != a
        checksum(row(2, 'a', null)) != a
    }
}
