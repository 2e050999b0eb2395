package edu.wfu.wfumig.dump

import static edu.wfu.wfumig.dump.StatementReader.Tongue.MYSQL
import static edu.wfu.wfumig.dump.StatementReader.Tongue.POSTGRES

import edu.wfu.wfumig.Refusal
import java.util.zip.GZIPInputStream
import spock.lang.Specification

class StatementReaderSpec extends Specification {
    static final int MOST = 1 << 20

    /** Statements, and rows in brackets. */
    private static List<String> read(String file, StatementReader.Tongue tongue, int most = MOST, int atOnce = 8192) {
        def reader = new StatementReader(new Dripping(file.getBytes('ISO-8859-1'), atOnce), tongue, most)
        def all = []
        for (def statement = reader.next(); statement != null; statement = reader.next()) {
            all << statement.begin(most)
            if (statement.rows()) for (def row = reader.row(); row != null; row = reader.row()) all << "[$row]".toString()
        }
        all
    }

    def 'MySQL: #what'() {
        expect:
        [1, 7, 8192].every { read(file, MYSQL, MOST, it) == statements }

        where:
        what                            | file                                                            || statements
        'statements on lines'           | "SELECT 1;\nSELECT\n 2 ;\n"                                     || ['SELECT 1', "SELECT\n 2"]
        'the last one may lack its end' | 'SELECT 1;SELECT 2'                                             || ['SELECT 1', 'SELECT 2']
        'nothing'                       | " \n;;\n-- no\n"                                                || []
        'comments of three kinds'       | "-- a; b\n# c; d\n/* e; f */ SELECT 1 /* g; */ -- h;\n;"        || ['SELECT 1 /* g; */']
        'minus minus is no comment'     | 'SELECT 1--1;'                                                  || ['SELECT 1--1']
        'conditional comments'          | "/*!40101 SET NAMES utf8mb4 */;/*M!100616 SET @a=';' */;"       || ['/*!40101 SET NAMES utf8mb4 */', "/*M!100616 SET @a=';' */"]
        'a conditional one with an end' | "/*!50003 SELECT '*/' */;"                                      || ["/*!50003 SELECT '*/' */"]
        'apostrophes in its comments'   | "/*!50003 CREATE -- it's; so\n# isn't\n/* don't; */ SET a='*/';\nEND */;SELECT 2;" || ["/*!50003 CREATE -- it's; so\n# isn't\n/* don't; */ SET a='*/';\nEND */", 'SELECT 2']
        'its end in a comment of a line' | "/*!50003 SELECT 1 -- */ ;\n, 2 */;SELECT 2;"               || ['/*!50003 SELECT 1 -- */ ;\n, 2 */', 'SELECT 2']
        'words around a comment'        | "SELECT 1-- it's one\nUNION#two\nSELECT 2;"                    || ["SELECT 1\nUNION\nSELECT 2"]
        'quotes'                        | "SELECT ';', \";\", `;`;SELECT 2;"                              || ["SELECT ';', \";\", `;`", 'SELECT 2']
        'escaped quotes'                | "SELECT '\\';', ';''', \"\\\"\\\\\";SELECT 2;"                  || ["SELECT '\\';', ';''', \"\\\"\\\\\"", 'SELECT 2']
        'no escapes in names'           | 'SELECT `\\`;SELECT 2;'                                         || ['SELECT `\\`', 'SELECT 2']
        'comments within quotes'        | "SELECT '-- ', '/*';SELECT 2;"                                  || ["SELECT '-- ', '/*'", 'SELECT 2']
        'every byte in quotes'          | "INSERT 'ÿ\0\n\u001a';"                                         || ["INSERT 'ÿ\0\n\u001a'"]
        'another delimiter'             | "DELIMITER ;;\nCREATE x BEGIN a; b; END ;;\ndelimiter ;\nSELECT 1;" || ['CREATE x BEGIN a; b; END', 'SELECT 1']
        'dollars mean nothing'          | 'SELECT $$;SELECT $$;'                                          || ['SELECT $$', 'SELECT $$']
        'Windows ends of lines'         | "DELIMITER //\r\nSELECT 1//\r\nDELIMITER ;\r\nSELECT 2;\r\n"    || ['SELECT 1', 'SELECT 2']
    }

    def 'PostgreSQL: #what'() {
        expect:
        [1, 7, 8192].every { read(file, POSTGRES, MOST, it) == statements }

        where:
        what                       | file                                                                || statements
        'comments'                 | "--a;\n/* b; /* c; */ d; */ SELECT 1#2;"                            || ['SELECT 1#2']
        'no escapes in quotes'     | "SELECT '\\';SELECT 2;"                                             || ["SELECT '\\'", 'SELECT 2']
        'texts around a comment'   | "SELECT 'a'-- it's b\n'c';"                                         || ["SELECT 'a'\n'c'"]
        'but in those of E'        | "SELECT E'\\';', e'\\'';SELECT 2;"                                  || ["SELECT E'\\';', e'\\''", 'SELECT 2']
        'a word that ends in e'    | "SELECT DATE'\\';SELECT 2;"                                         || ["SELECT DATE'\\'", 'SELECT 2']
        'dollar quotes'            | 'DO $$a; $b$ c;$$;DO $ü1$ $$; $ü1$;SELECT $1;'                      || ['DO $$a; $b$ c;$$', 'DO $ü1$ $$; $ü1$', 'SELECT $1']
        'a dollar within a name'   | 'SELECT a$$ ;SELECT b$c$;'                                          || ['SELECT a$$', 'SELECT b$c$']
        'rows'                     | "COPY public.t (a, b) FROM stdin;\n1\t;'\n\\N\t\\\\.\n\\.\n\nSELECT 1;" || ['COPY public.t (a, b) FROM stdin', "[1\t;']", '[\\N\t\\\\.]', 'SELECT 1']
        'no rows'                  | "copy t from STDIN;\n\\.\nSELECT 1;"                                || ['copy t from STDIN', 'SELECT 1']
        'COPY from elsewhere'      | "COPY t FROM '/a';SELECT 1;"                                        || ["COPY t FROM '/a'", 'SELECT 1']
        'commands of psql'         | "\\restrict abc\nSELECT 1;\n\\connect x\n"                          || ['\\restrict abc', 'SELECT 1', '\\connect x']
        'bodies of SQL functions'  | 'CREATE FUNCTION f() BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; SELECT 2; END;SELECT 3;' || ['CREATE FUNCTION f() BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; SELECT 2; END', 'SELECT 3']
        'BEGIN as a transaction'   | 'BEGIN;SELECT 1;END;'                                               || ['BEGIN', 'SELECT 1', 'END']
    }

    def 'rows that nobody reads are passed over'() {
        given:
        def reader = new StatementReader(new ByteArrayInputStream("COPY t FROM stdin;\n1\n2\n\\.\nSELECT 1;".bytes), POSTGRES, MOST)

        expect:
        reader.next().rows()
        reader.next().begin(99) == 'SELECT 1'
        reader.next() == null
    }

    def 'a statement knows its line'() {
        given:
        def reader = new StatementReader(new ByteArrayInputStream("-- x\n\nSELECT\n'a\nb';\n\n  SELECT 2;".bytes), MYSQL, MOST)

        expect:
        [reader.next(), reader.next()]*.line() == [3L, 7L]
    }

    def 'a statement knows whether its delimiter stands behind it: #file'() {
        given:
        def reader = new StatementReader(new ByteArrayInputStream(file.bytes), tongue, MOST)
        def ended = []

        when:
        for (def one = reader.next(); one != null; one = reader.next()) ended << one.ended()

        then:
        ended == expected

        where:
        tongue   | file                                 || expected
        MYSQL    | "SELECT 1;SELECT 2"                  || [true, false]
        MYSQL    | "SELECT 1;SELECT 2 ; -- end\n"       || [true, true]
        MYSQL    | "SELECT 1; -- no end"                || [true]
        MYSQL    | "DELIMITER ;;\nSELECT 1;;SELECT 2;"  || [true, false]
        POSTGRES | "COPY t FROM stdin;\n1\n\\.\n\\connect" || [true, true]
        POSTGRES | "BEGIN ATOMIC SELECT 1;"             || [false]
    }

    def 'a file that is cut off #where is refused with the line'() {
        when:
        read(file, tongue)

        then:
        def refusal = thrown(Refusal)
        refusal.message.contains("the file ends $where, which began in line $line")

        where:
        where                            | tongue   | line | file
        'within a text in quotes'        | MYSQL    | 2    | "SELECT 1;\nINSERT 'abc"
        'within a text in quotes'        | MYSQL    | 1    | "INSERT 'abc\\"
        'within a comment'               | MYSQL    | 1    | '/*!40101 SET'
        'within a text in dollar quotes' | POSTGRES | 1    | 'DO $$ abc $'
        'among the rows of a COPY'       | POSTGRES | 3    | "COPY t FROM stdin;\n1\n"
    }

    def 'what cannot be read is refused: #what'() {
        when:
        read(file, POSTGRES, 64)

        then:
        def refusal = thrown(Refusal)
        refusal.message.contains(says)

        where:
        what                 | file                                          || says
        'COPY with options'  | "COPY t FROM stdin WITH (FORMAT csv);\n1\n"   || 'the COPY in line 1 has options'
        'a huge statement'   | "\nSELECT '${'x' * 99}';"                     || 'the statement in line 2 is larger'
        'a huge row'         | "COPY t FROM stdin;\n${'x' * 99}\n\\.\n"      || 'the statement in line 2 is larger'
    }

    def 'the fixture network is read to its end, and put together again it is the same SQL'() {
        given:
        def statements = 0
        def inserts = 0
        def file = new GZIPInputStream(new FileInputStream('src/test/resources/wordpress/dev.sql.gz'))
        def reader = new StatementReader(file, MYSQL, 64 << 20)

        when:
        for (def one = reader.next(); one != null; one = reader.next()) {
            statements++
            if (one.begin(12) == 'INSERT INTO ') inserts++
            assert one.begin(20) =~ /^(\/\*M?!|INSERT INTO|CREATE |DROP |LOCK |UNLOCK |SET |ALTER )/
        }

        then:
        inserts > 100
        statements > inserts
    }

    /** Gives a few bytes at a time, as a pipe does. */
    static class Dripping extends ByteArrayInputStream {
        final int atOnce

        Dripping(byte[] bytes, int atOnce) {
            super(bytes)
            this.atOnce = atOnce
        }

        @Override
        synchronized int read(byte[] into, int from, int length) { super.read(into, from, Math.min(length, atOnce)) }
    }
}
