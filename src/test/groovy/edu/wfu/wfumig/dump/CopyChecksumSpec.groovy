package edu.wfu.wfumig.dump

import edu.wfu.wfumig.support.TestPostgres
import java.nio.charset.StandardCharsets
import java.sql.Connection
import spock.lang.Shared
import spock.lang.Specification

/** The checksum of a row is the one that PostgreSQL computes. */
class CopyChecksumSpec extends Specification {
    @Shared List<Connection> servers = [TestPostgres.older().connect(), TestPostgres.newer().connect()]
    def checksum = new CopyChecksum()

    def cleanupSpec() {
        servers*.close()
    }

    private static List<Long> hashes(Connection server, List<String> texts) {
        def sql = 'SELECT hashtextextended(t COLLATE "C", 0) & 4294967295 FROM unnest(?::text[]) WITH ORDINALITY AS u(t, n) ORDER BY n'
        server.prepareStatement(sql).withCloseable { statement ->
            statement.setArray(1, server.createArrayOf('text', texts as String[]))
            def row = statement.executeQuery()
            List<Long> all = []
            while (row.next()) all << row.getLong(1)
            all
        }
    }

    def 'the hash of a text of each length up to 100 is that of both servers'() {
        given:
        def random = new Random(7)
        def texts = (0..100).collect { length -> (0..<length).collect { (char) (1 + random.nextInt(126)) }.join('') }

        expect:
        servers.every { hashes(it, texts) == texts.collect { checksum.hash(it) } }
    }

    def 'the hash of 2,000 random texts of any characters is that of both servers'() {
        given:
        def random = new Random(11)
        def texts = (1..2000).collect { (0..<random.nextInt(60)).collect { new String(Character.toChars(point(random))) }.join('') } + ['x' * 100_000, 'ü€𝄞' * 7001]

        expect:
        servers.every { hashes(it, texts) == texts.collect { checksum.hash(it) } }
    }

    /** Any character that a text can hold. */
    private static int point(Random random) {
        int point = 1 + random.nextInt([0x7f, 0x7ff, 0xd7ff, 0x10fffe][random.nextInt(4)])
        point in 0xd800..0xdfff ? 'x' as char as int : point
    }

    def 'the checksum of a line is that of its values, and that which a server computes of them: #values'() {
        given:
        def bytes = values.collect { it?.getBytes(StandardCharsets.UTF_8) } as byte[][]
        def server = servers[1]
        def copied = copied(server, values)

        expect:
        checksum.ofLine(copied, 0, copied.length - 1) == checksum.ofRow(bytes)
        checksum.ofRow(bytes) == hashes(server, [values.collect { it == null ? '\\N' : it }.join('\t')])[0] + values.count(null)

        and: 'wherever the line lies'
        def moved = new byte[copied.length + 9]
        System.arraycopy(copied, 0, moved, 5, copied.length)
        checksum.ofLine(moved, 5, 5 + copied.length - 1) == checksum.ofRow(bytes)

        where:
        values << [
                ['a', 'b'], [null, null], [null], ['\\N'], [''], ['', ''], ['a', null, 'c'], ['a\tb', 'c\nd\re', '\b\f\u000b', '\\', '\\.', '\\N', null],
                ['\\\\', '\\n', 'x\\'], ['{"a":"\\"b\\""}' * 1000, null, 'ü€𝄞\n' * 2000], ['\u0001\u001f\u007f'], ['x' * 20_000 + '\n' + 'y' * 20_000]
        ]
    }

    /** The line of COPY, with its newline. */
    private static byte[] copied(Connection server, List<String> values) {
        def texts = values.withIndex().collect { it, i -> it == null ? "NULL::text AS c$i" : "'${it.replace("'", "''")}'::text AS c$i" }.join(', ')
        def copy = server.unwrap(org.postgresql.PGConnection).copyAPI.copyOut("COPY (SELECT $texts) TO STDOUT")
        def line = copy.readFromCopy()
        assert copy.readFromCopy() == null
        line
    }

    def 'a NULL is told from a text that looks like one, and a line feed from its escape'() {
        expect:
        checksum.ofRow([null] as byte[][]) != checksum.ofRow(['\\N'.bytes] as byte[][])
        checksum.ofRow(['\n'.bytes] as byte[][]) != checksum.ofRow(['\\n'.bytes] as byte[][])
    }
}
