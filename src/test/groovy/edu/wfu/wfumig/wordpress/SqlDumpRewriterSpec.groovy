package edu.wfu.wfumig.wordpress

import edu.wfu.wfumig.support.TestServer
import java.nio.charset.StandardCharsets
import java.nio.file.Files
import java.nio.file.Path
import java.util.zip.GZIPInputStream
import java.util.zip.GZIPOutputStream
import spock.lang.Specification

class SqlDumpRewriterSpec extends Specification {
    static final Rewriter LONGER = new Rewriter([new Rule('a.test', 'long.test')])

    private static String rewrite(String sql, Rewriter rewriter = LONGER) {
        def out = new ByteArrayOutputStream()
        new SqlDumpRewriter(rewriter).rewrite(new ByteArrayInputStream(sql.getBytes(StandardCharsets.UTF_8)), out)
        out.toString(StandardCharsets.UTF_8)
    }

    def '#what'() {
        expect:
        rewrite(before) == after

        where:
        what                            | before                                            | after
        'a literal'                     | "INSERT INTO `t` VALUES (1,'http://a.test',NULL);" | "INSERT INTO `t` VALUES (1,'http://long.test',NULL);"
        'serialized, escaped'           | "('s:13:\\\"http://a.test\\\";')"             | "('s:16:\\\"http://long.test\\\";')"
        'serialized with a newline'     | "('s:8:\\\"a.test\\n\\n\\\";')"           | "('s:11:\\\"long.test\\n\\n\\\";')"
        'a doubled quote'               | "('it''s a.test', 'x')"                           | "('it''s long.test', 'x')"
        'a backslash at the end'        | "('a.test\\\\','a.test')"                       | "('long.test\\\\','long.test')"
        'names in backticks stay'       | "CREATE TABLE `a.test` (x INT)"                   | "CREATE TABLE `a.test` (x INT)"
        'comments stay'                 | "-- it's a.test\n/* 'a.test' */ # 'a.test\n('a.test')" | "-- it's a.test\n/* 'a.test' */ # 'a.test\n('long.test')"
        'conditional comments are SQL'  | "/*!50001 SELECT 'a.test' */"                     | "/*!50001 SELECT 'long.test' */"
        'bytes stay'                    | "(_binary 'a.test', x'61', X'61', 0x612E74657374)" | "(_binary 'a.test', x'61', X'61', 0x612E74657374)"
        'a minus is no comment'         | "(5-'a.test'--3)"                                 | "(5-'long.test'--3)"
        'a pattern keeps its backslash' | '(\'s:14:\\"a.test\\%long.b\\";\')' | '(\'s:17:\\"long.test\\%long.b\\";\')'
        'a literal that never ends'     | "('a.test"                                        | "('a.test"
    }

    def 'where the buffer ends makes no difference'() {
        given:
        def sql = "-- it's a.test\nINSERT INTO `a.test` VALUES (1,'http://a.test/it''s',_binary 'a.test',x'61',NULL),('s:6:\\\"a.test\\\";',5-'a.test') /* 'a.test' */ # a.test\n;/*!50001 SELECT \"a.test\" */"
        def expected = sql.replace("'http://a.test", "'http://long.test").replace('s:6:\\"a.test', 's:9:\\"long.test').replace("-'a.test'", "-'long.test'").replace('"a.test"', '"long.test"')

        expect:
        (18..200).each { size ->
            [sql, sql * 7].each { text ->
                def out = new ByteArrayOutputStream()
                new SqlDumpRewriter(LONGER, size).rewrite(new ByteArrayInputStream(text.bytes), out)
                assert out.toString() == (text == sql ? expected : expected * 7)
            }
        }
    }

    def 'literals that are longer than any buffer come out right'() {
        given:
        def body = 'x' * 3_000_000 + ' http://a.test ' + 'y' * 3_000_000

        expect:
        rewrite("INSERT INTO t VALUES ('$body'),('b'),('$body');".toString()) == "INSERT INTO t VALUES ('${body.replace('a.test', 'long.test')}'),('b'),('${body.replace('a.test', 'long.test')}');".toString()
    }

    def 'a whole dump, rewritten as a filter and loaded, equals a rewrite of the loaded values'() {
        given:
        def server = TestServer.embedded()
        server.load('filter_dev', 'dev')
        def rewriter = new Rewriter([new Rule('dev.wfu.test', 'production.wfu.example')])
        def file = Path.of('target/filtered.sql.gz')
        new GZIPInputStream(Files.newInputStream(Path.of('src/test/resources/wordpress/dev.sql.gz'))).withStream { input ->
            new GZIPOutputStream(Files.newOutputStream(file)).withStream { new SqlDumpRewriter(rewriter).rewrite(input, it) }
        }
        server.loadFile('filter_prod', file)

        expect:
        ['wp_22_options', 'wp_22_postmeta', 'wp_22_posts', 'wp_usermeta', 'wp_43_a_order_items'].each { table ->
            assert values(server, 'filter_prod', table) == values(server, 'filter_dev', table).collect { new String(rewriter.rewrite(it.getBytes('UTF-8')), 'UTF-8') }
        }

        cleanup:
        server.drop('filter_dev', 'filter_prod')
    }

    private static List<String> values(TestServer server, String schema, String table) {
        def column = [wp_22_options: 'option_value', wp_22_posts: 'post_content', wp_43_a_order_items: 'meta'].getOrDefault(table, 'meta_value')
        def key = server.rows("SELECT column_name FROM information_schema.columns WHERE table_schema = '$schema' AND table_name = '$table' AND ordinal_position = 1")[0][0]
        server.rows("SELECT IFNULL(`$column`, '') FROM $schema.$table ORDER BY `$key`")*.get(0)
    }
}
