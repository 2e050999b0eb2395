package edu.wfu.wfumig.wordpress

import java.nio.charset.StandardCharsets
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification

class RewriterSpec extends Specification {
    static final Rewriter PRODUCTION = new Rewriter([new Rule('dev.wfu.test', 'production.wfu.example'), new Rule('http://dev.wfu.test', 'https://production.wfu.example')])

    private static String rewrite(String text, Rewriter rewriter = PRODUCTION) {
        new String(rewriter.rewrite(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8)
    }

    def '#what: #before'() {
        expect:
        rewrite(before) == after
        rewrite(after) == after

        where:
        what                     | before                                          | after
        'a URL with its scheme'  | 'see http://dev.wfu.test/a'                     | 'see https://production.wfu.example/a'
        'another scheme'         | 'ftp://dev.wfu.test/a'                          | 'ftp://production.wfu.example/a'
        'protocol-relative'      | '<img src="//dev.wfu.test/a.png">'              | '<img src="//production.wfu.example/a.png">'
        'an e-mail address'      | 'office@dev.wfu.test, hi'                       | 'office@production.wfu.example, hi'
        'a file path'            | '/var/log/dev.wfu.test.log'                     | '/var/log/production.wfu.example.log'
        'a bare host'            | 'dev.wfu.test.'                                 | 'production.wfu.example.'
        'a port and a user'      | 'http://u:p@dev.wfu.test:8080/'                 | 'http://u:p@production.wfu.example:8080/'
        'escaped slashes'        | 'x http:\\/\\/dev.wfu.test\\/a'                 | 'x https:\\/\\/production.wfu.example\\/a'
        'slashes escaped twice'  | 'x http:\\\\\\/\\\\\\/dev.wfu.test'             | 'x https:\\\\\\/\\\\\\/production.wfu.example'
        'URL-encoded'            | '?u=http%3A%2F%2Fdev.wfu.test%2Fa'              | '?u=https%3A%2F%2Fproduction.wfu.example%2Fa'
        'URL-encoded, low'       | '?u=http%3a%2f%2fdev.wfu.test'                  | '?u=https%3a%2f%2fproduction.wfu.example'
        'URL-encoded twice'      | '?u=http%253A%252F%252Fdev.wfu.test'            | '?u=https%253A%252F%252Fproduction.wfu.example'
        'a subdomain'            | 'http://cdn.dev.wfu.test'                       | 'http://cdn.production.wfu.example'
        'neighbours'             | 'dev.wfu.testdev.wfu.test'                      | 'production.wfu.exampleproduction.wfu.example'
        'after a JSON escape'    | 'a\\ndev.wfu.test'                              | 'a\\nproduction.wfu.example'
        'an accent behind'       | 'dev.wfu.teste\u0301'                           | 'production.wfu.examplee\u0301'
        'a longer name, left'    | 'http://olddev.wfu.test my-dev.wfu.test'        | 'http://olddev.wfu.test my-dev.wfu.test'
        'a longer name, right'   | 'dev.wfu.testing dev.wfu.test-x.org'            | 'dev.wfu.testing dev.wfu.test-x.org'
        'a longer host'          | 'http://dev.wfu.test.evil.org //dev.wfu.test.evil.org' | 'http://dev.wfu.test.evil.org //dev.wfu.test.evil.org'
        'capitals'               | 'DEV.WFU.TEST'                                  | 'DEV.WFU.TEST'
        'nothing to do'          | 'Lorem ipsum'                                   | 'Lorem ipsum'
    }

    def 'the table of forms in the README is true: #form'() {
        expect:
        rewrite(before) == after
        rewrite("a:1:{i:0;s:${before.length()}:\"$before\";}") == "a:1:{i:0;s:${after.length()}:\"$after\";}"

        where:
        [form, before, after] << Files.readAllLines(Path.of('README.md'))
                .findAll { it ==~ /\| [^|]+ \| `[^`|]*dev.{1,2}wfu.{1,2}test[^`|]*` \| `[^`|]+` \|/ || it ==~ /\| capitals.*/ }
                *.split(/ ?\| ?/)*.toList()*.drop(1)*.collect { it.replace('`', '') }
    }

    def 'the README has its table of forms'() {
        expect:
        Files.readAllLines(Path.of('README.md')).count { it ==~ /\| [^|]+ \| `[^`|]*dev.{1,2}wfu.{1,2}test[^`|]*` \| `[^`|]+` \|/ } >= 17
    }

    def 'serialized #what keeps its structure and gets right lengths'() {
        expect:
        rewrite(before) == after
        rewrite(after) == after

        where:
        what                 | before                                                                     | after
        'string'             | 's:19:"http://dev.wfu.test";'                                             | 's:30:"https://production.wfu.example";'
        'array'              | 'a:1:{s:12:"dev.wfu.test";i:1;}'                                           | 'a:1:{s:22:"production.wfu.example";i:1;}'
        'object'             | 'O:8:"stdClass":1:{s:1:"u";s:12:"dev.wfu.test";}'                           | 'O:8:"stdClass":1:{s:1:"u";s:22:"production.wfu.example";}'
        'private name'       | "O:3:\"Box\":1:{s:6:\"\0Box\0u\";s:12:\"dev.wfu.test\";}"                   | "O:3:\"Box\":1:{s:6:\"\0Box\0u\";s:22:\"production.wfu.example\";}"
        'reference'          | 'a:2:{i:0;s:12:"dev.wfu.test";i:1;R:2;}'                                   | 'a:2:{i:0;s:22:"production.wfu.example";i:1;R:2;}'
        'payload of C:'      | 'C:3:"Bag":20:{s:12:"dev.wfu.test";}'                                      | 'C:3:"Bag":30:{s:22:"production.wfu.example";}'
        'enum beside'        | 'a:2:{i:0;E:8:"Suit:Big";i:1;s:12:"dev.wfu.test";}'                         | 'a:2:{i:0;E:8:"Suit:Big";i:1;s:22:"production.wfu.example";}'
        'floats as they are' | 'a:2:{i:0;d:1.0E+25;i:1;s:12:"dev.wfu.test";}'                              | 'a:2:{i:0;d:1.0E+25;i:1;s:22:"production.wfu.example";}'
        'serialized twice'   | 's:20:"s:12:"dev.wfu.test";";'                                             | 's:30:"s:22:"production.wfu.example";";'
        'blanks around'      | ' s:12:"dev.wfu.test";\n'                                                  | ' s:22:"production.wfu.example";\n'
        'multibyte'          | 's:17:"dev.wfu.test \u00e9\u00e9";'                                         | 's:27:"production.wfu.example \u00e9\u00e9";'
        'a length that grows a digit' | 's:93:"dev.wfu.test ' + 'y' * 80 + '";' | 's:103:"production.wfu.example ' + 'y' * 80 + '";'
    }

    def 'JSON in serialized and serialized in JSON stay valid'() {
        expect:
        rewrite('s:24:"{"u":"\\/\\/dev.wfu.test"}";'.replace('24', '24')) == 's:34:"{"u":"\\/\\/production.wfu.example"}";'
        rewrite('{"o":"s:19:\\"http:\\/\\/dev.wfu.test\\";"}') == '{"o":"s:30:\\"https:\\/\\/production.wfu.example\\";"}'
        rewrite('{"a":"{\\"b\\":\\"s:12:\\\\\\"dev.wfu.test\\\\\\";\\"}"}') == '{"a":"{\\"b\\":\\"s:22:\\\\\\"production.wfu.example\\\\\\";\\"}"}'
    }

    def 'JSON is edited in place: spaces, order and escapes stay'() {
        expect:
        rewrite('{ "b" : "\\u00e9 http:\\/\\/dev.wfu.test\\/\\n", "a":[1.50,true , null]}') == '{ "b" : "\\u00e9 https:\\/\\/production.wfu.example\\/\\n", "a":[1.50,true , null]}'
    }

    def 'names of members stay in a value of the JSON type'() {
        expect:
        new String(PRODUCTION.rewriteJson('{"dev.wfu.test": ["dev.wfu.test", {"a": "s:12:\\"dev.wfu.test\\";"}]}'.bytes)) ==
                '{"dev.wfu.test": ["production.wfu.example", {"a": "s:22:\\"production.wfu.example\\";"}]}'
    }

    def 'what PHP cannot read is plain text and keeps its wrong lengths: #before'() {
        expect:
        rewrite(before) == before.replace('http://dev.wfu.test', 'https://production.wfu.example').replace('dev.wfu.test', 'production.wfu.example')

        where:
        before << ['s:99:"http://dev.wfu.test";', 'a:2:{i:0;s:12:"dev.wfu.test";}', 'a:1:{i:0;s:12:"dev.wfu.test"', 's:12:"dev.wfu.test"; and more',
                   'O:8:"std Class":0:{}dev.wfu.test', 'x:dev.wfu.test;']
    }

    def 'the longest rule wins and no rule sees what another put in'() {
        given:
        def rules = new Rewriter([new Rule('a.test', 'b.test'), new Rule('b.test', 'c.test'), new Rule('a.test/law', 'law.test'), new Rule('x.a.test', 'y.test')])

        expect:
        rewrite('a.test b.test a.test/law a.test/lawyer x.a.test z.a.test a.test/law/x', rules) == 'b.test c.test law.test b.test/lawyer y.test z.b.test law.test/x'
    }

    def 'a rule that puts in what it looks for is applied once: #before'() {
        given:
        def rules = new Rewriter([new Rule('wfu.test', 'dev.wfu.test'), new Rule('http://wfu.test', 'https://dev.wfu.test')])

        expect:
        rewrite(before, rules) == after
        rewrite(after, rules) == after

        where:
        before                              | after
        'http://wfu.test/ law.wfu.test'     | 'https://dev.wfu.test/ law.dev.wfu.test'
        'see dev.wfu.test and wfu.test'     | 'see dev.wfu.test and dev.wfu.test'
        's:15:"http://wfu.test";'           | 's:20:"https://dev.wfu.test";'
    }

    def 'ten thousand rules work in one pass'() {
        given:
        def many = new Rewriter((1..10_000).collect { new Rule("s${it}.example.org", "example.org/s$it") })

        expect:
        rewrite('http://s9999.example.org/a s10.example.org s100000.example.org', many) == 'http://example.org/s9999/a example.org/s10 s100000.example.org'
    }

    def 'a value without a match is the same array'() {
        given:
        def value = ('x' * 1000 + 'wfu.test').bytes

        expect:
        PRODUCTION.rewrite(value).is(value)
    }

    def 'deep nesting and self references end'() {
        given:
        def deep = 's:12:"dev.wfu.test";'
        60.times { deep = "a:1:{i:0;$deep}" }

        expect:
        rewrite(deep.toString()).contains('s:22:"production.wfu.example"')
        rewrite('O:8:"stdClass":2:{s:4:"self";r:1;s:1:"u";s:12:"dev.wfu.test";}') == 'O:8:"stdClass":2:{s:4:"self";r:1;s:1:"u";s:22:"production.wfu.example";}'
    }

    def 'bytes that are no UTF-8 stay as they are'() {
        given:
        byte[] before = [0xff, 0xfe, *'dev.wfu.test'.bytes, 0x00, 0x1a, 0xc3]

        expect:
        PRODUCTION.rewrite(before) == [0xff, 0xfe, *'production.wfu.example'.bytes, 0x00, 0x1a, 0xc3] as byte[]
    }

    def 'lengths in a #charset column count the bytes that PHP sees'() {
        given:
        def before = 's:17:"dev.wfu.test \u00e9\u00e9";'.getBytes(java)
        def column = ColumnCharset.of(charset)

        expect:
        new String(column.rewrite(before, PRODUCTION), java) == 's:27:"production.wfu.example \u00e9\u00e9";'
        column.showsAscii() == ascii

        where:
        charset   | java           || ascii
        'latin1'  | 'windows-1252' || true
        'utf16'   | 'UTF-16BE'     || false
        'utf32'   | 'UTF-32BE'     || false
        'utf8mb4' | 'UTF-8'        || true
    }

    def 'every byte of latin1 survives'() {
        given:
        byte[] all = (0..255).collect { (byte) it } as byte[]
        byte[] before = [*all, *' dev.wfu.test'.bytes]

        expect:
        ColumnCharset.of('latin1').rewrite(before, PRODUCTION) == [*all, *' production.wfu.example'.bytes] as byte[]
    }
}
