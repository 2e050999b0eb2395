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
        'capitals'               | 'HTTP://DEV.WFU.TEST/A Dev.Wfu.Test'            | 'https://production.wfu.example/A production.wfu.example'
        'nothing to do'          | 'Lorem ipsum'                                   | 'Lorem ipsum'
    }

    static final List<List<String>> DOCUMENTED = Files.readAllLines(Path.of('docs/rewrite.md')).findAll { it.startsWith('| ') && it.contains('`') }
            .collect { it[2..-3].split(/ \| ?/, -1).collect { cell -> cell ==~ /`.*`/ ? cell[1..-2] : cell } }

    def 'documented form: #form under a host rule and under a URL rule'() {
        given:
        def host = new Rewriter([new Rule('dev.wfu.test', 'production.wfu.example')])
        def url = new Rewriter([new Rule('http://dev.wfu.test', 'https://production.wfu.example')])

        expect:
        rewrite(stored, host) == (byHost == 'the same' ? stored : byHost)
        rewrite(stored, url) == (byUrl == 'the same' ? stored : byUrl)
        rewrite(serialized(stored), host) == (byHost == 'the same' ? serialized(stored) : serialized(byHost))
        rewrite(serialized(stored), url) == (byUrl == 'the same' ? serialized(stored) : serialized(byUrl))

        where:
        [form, stored, byHost, byUrl] << DOCUMENTED.findAll { it.size() == 4 && !it[1].contains('` by `') }
    }

    def 'documented rule: #rule on #stored'() {
        given:
        def (find, with) = rule.split('` by `')
        def rules = new Rewriter([new Rule(find - '`', with - '`')])

        expect:
        rewrite(stored, rules) == (becomes == 'the same' ? stored : becomes)

        where:
        [kind, rule, stored, becomes] << DOCUMENTED.findAll { it.size() == 4 && it[1].contains('` by `') }
    }

    def 'documented case: #name'() {
        given:
        def host = new Rewriter([new Rule('dev.wfu.test', 'production.wfu.example')])
        def bytes = { String text -> text.replace('␀', '\0').replace('␚', '\u001a').replace('␤', '\n') }

        expect:
        rewrite(bytes(stored), host) == bytes(becomes)
        rewrite(bytes(becomes), host) == bytes(becomes)

        where:
        [name, stored, becomes] << DOCUMENTED.findAll { it.size() == 6 }.collect { it.take(3) }
    }

    def 'the documentation has its tables'() {
        expect:
        DOCUMENTED.count { it.size() == 4 && !it[1].contains('` by `') } >= 22
        DOCUMENTED.count { it.size() == 4 && it[1].contains('` by `') } >= 20
        DOCUMENTED.count { it.size() == 6 } >= 29
    }

    static String serialized(String text) {
        "s:${text.getBytes('UTF-8').length}:\"$text\";"
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
        before << ['s:99:"http://dev.wfu.test";', 'a:2:{i:0;s:12:"dev.wfu.test";}', 'a:1:{i:0;s:12:"dev.wfu.test"',
                   'O:8:"std Class":0:{}dev.wfu.test', 'x:dev.wfu.test;', 'a:2:{i:0;s:9:"dev.wfu.test";i:1;s:12:"dev.wfu.test";}']
    }

    def 'a text with a serialized last line gets its lengths, any other text is left its own: #before'() {
        expect:
        rewrite(before) == after
        rewrite(after) == after

        where:
        before                                                      | after
        'http://dev.wfu.test/a.mp3\n5\na:1:{s:1:"u";s:12:"dev.wfu.test";}\n' | 'https://production.wfu.example/a.mp3\n5\na:1:{s:1:"u";s:22:"production.wfu.example";}\n'
        'write\ns:12:"dev.wfu.test"; and on'                        | 'write\ns:12:"production.wfu.example"; and on'
        "<p data-x='s:12:\"dev.wfu.test\";'>dev.wfu.test</p>"       | "<p data-x='s:12:\"production.wfu.example\";'>production.wfu.example</p>"
    }

    def 'a string that begins as a private name does is a string'() {
        expect:
        rewrite('a:1:{i:0;s:18:"\0dev.wfu.test\0test";}') == 'a:1:{i:0;s:28:"\0production.wfu.example\0test";}'
        rewrite('a:1:{s:18:"\0dev.wfu.test\0test";i:0;}') == 'a:1:{s:18:"\0dev.wfu.test\0test";i:0;}'
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

    def 'a host of other letters is found in each of its spellings: #before'() {
        given:
        def rules = new Rewriter([new Rule(find, 'https://grün.example')])

        expect:
        rewrite(before, rules) == after
        rewrite(after, rules) == after

        where:
        find                           | before                                   | after
        'http://müller.test'           | 'http://müller.test/a'                   | 'https://grün.example/a'
        'http://müller.test'           | 'HTTP://MüLLER.test/a'                   | 'https://grün.example/a'
        'http://müller.test'           | 'http://xn--mller-kva.test/a'            | 'https://xn--grn-ioa.example/a'
        'http://xn--mller-kva.test'    | 'http://müller.test/a'                   | 'https://grün.example/a'
        'http://müller.test'           | 'x http:\\/\\/m\\u00fcller.test\\/'      | 'x https:\\/\\/gr\\u00fcn.example\\/'
        'http://müller.test'           | '{"a":"http:\\/\\/m\\u00fcller.test"}'   | '{"a":"https:\\/\\/gr\\u00fcn.example"}'
        'http://müller.test'           | 'http%3A%2F%2Fm%C3%BCller.test'          | 'https%3A%2F%2Fgr%C3%BCn.example'
        'http://müller.test'           | 'http%3a%2f%2fm%c3%bcller.test'          | 'https%3a%2f%2fgr%c3%bcn.example'
        'http://müller.test'           | 's:19:"http://müller.test";'             | 's:21:"https://grün.example";'
    }

    def 'a host whose spellings do not lead back to each other keeps the one it has'() {
        expect:
        rewrite('groß.test gross.test xn--gro-7ka.test', new Rewriter([new Rule('groß.test', 'klein.test')])) == 'klein.test gross.test xn--gro-7ka.test'
    }

    def 'a path is found as it is written, a host in capitals too: #before'() {
        expect:
        rewrite(before, new Rewriter([new Rule('example.org/law', 'law.example.org'), new Rule('/srv/Old', '/srv/new')])) == after

        where:
        before                          | after
        'http://EXAMPLE.org/law/a'      | 'http://law.example.org/a'
        'http://example.org/LAW/a'      | 'http://example.org/LAW/a'
        '/srv/Old/x /srv/old/x'         | '/srv/new/x /srv/old/x'
    }

    def 'an ampersand is found as an entity too: #before'() {
        expect:
        rewrite(before, new Rewriter([new Rule('http://a.test/?a=1&b=2', 'http://b.test/?c=3&d=4')])) == after

        where:
        before                            | after
        'http://a.test/?a=1&amp;b=2'      | 'http://b.test/?c=3&amp;d=4'
        'http://a.test/?a=1&#038;b=2'     | 'http://b.test/?c=3&#038;d=4'
        'http%3A%2F%2Fa.test%2F%3Fa%3D1%26b%3D2' | 'http%3A%2F%2Fb.test%2F%3Fc%3D3%26d%3D4'
    }

    def 'an expression is a rule like others: #before'() {
        given:
        def rules = new Rewriter([new Rule(/cdn(\d+)\.dev\.wfu\.test/, /img-$1.wfu.example/, true), new Rule('dev.wfu.test', 'production.wfu.example'), new Rule(/[a-z]+ grüße/, 'x', true)])

        expect:
        rewrite(before, rules) == after

        where:
        before                                         | after
        'http://cdn7.dev.wfu.test/ dev.wfu.test'       | 'http://img-7.wfu.example/ production.wfu.example'
        'a:1:{i:0;s:18:"cdn12.dev.wfu.test";}'         | 'a:1:{i:0;s:18:"img-12.wfu.example";}'
        '{"u":"\\/\\/cdn1.dev.wfu.test\\/ viele gr\\u00fc\\u00dfe"}' | '{"u":"\\/\\/img-1.wfu.example\\/ x"}'
        'é cdn1.dev.wfu.test é viele grüße'            | 'é img-1.wfu.example é x'
        'cdnx.dev.wfu.test'                            | 'cdnx.production.wfu.example'
    }

    def 'of #regex every match holds "#required"'() {
        expect:
        Patterns.required(regex) == required

        where:
        regex                      | required
        /cdn\d+\.dev\.wfu\.test/   | '.dev.wfu.test'
        /https?:\/\/a\.test/       | '://a.test'
        /(a|b)cdef+g*/             | 'cdef'
        /abc|def/                  | ''
        /(?i)abc/                  | ''
        /[abc]xyz{2}/              | 'xy'
        /\bname\b/                 | 'name'
        /ab(cdefg)?h/              | 'ab'
        /cdn\x2Ddev\.test/         | ''
        /\pNcdn\.dev/              | ''
        /[\]abcdef]xyz/            | 'xyz'
        /[^]abc]xyz[[:alpha:]]/    | 'xyz'
    }

    def 'an expression that cannot be a rule says why: #regex'() {
        expect:
        Patterns.problem(new Rule(regex, with, true)) == problem

        where:
        regex     | with  | problem
        '(a'      | ''    | 'missing closing ): (a'
        'a*'      | ''    | 'it matches the empty text'
        '(a)b'    | /$2/  | "it has no group 2, which '\$2' asks for"
        '(a)b'    | /$1\$9/ | null
    }

    def 'each rule counts what it replaced'() {
        given:
        def tally = new Tally(3)
        def rules = new Rewriter([new Rule('a.test', 'b.test'), new Rule('http://a.test', 'https://b.test'), new Rule(/v\d+/, 'v', true)]).tallying(tally)

        when:
        rules.rewrite('a.test http://a.test a.test s:6:"a.test"; v1 v22'.bytes)
        rules.rewrite('a:1:{i:0;s:6:"a.test";}'.bytes)

        then:
        (0..2).collect { tally.of(it) } == [4, 1, 2]
    }

    def 'what PHP would not read behind a value is plain text: #before'() {
        expect:
        rewrite(before) == after
        rewrite(after) == after

        where:
        before                                             | after
        's:12:"dev.wfu.test"; and dev.wfu.test'            | 's:22:"production.wfu.example"; and production.wfu.example'
        'a:1:{i:0;s:12:"dev.wfu.test";}}'                  | 'a:1:{i:0;s:22:"production.wfu.example";}}'
    }

    def 'a string with escaped bytes keeps them and gets its length'() {
        expect:
        rewrite('a:2:{i:0;s:12:"dev.wfu.test";i:1;S:12:"\\64ev.wfu.test";}') == 'a:2:{i:0;s:22:"production.wfu.example";i:1;S:22:"production.wfu.example";}'
        rewrite('S:16:"dev.wfu.test \\64\\65v";') == 'S:26:"production.wfu.example \\64\\65v";'
    }

    def 'what PHP classes strung together in a record is found: #before'() {
        expect:
        rewrite(before) == after

        where:
        before                                                                      | after
        'C:11:"ArrayObject":49:{x:i:0;a:1:{s:1:"u";s:12:"dev.wfu.test";};m:a:0:{}}' | 'C:11:"ArrayObject":59:{x:i:0;a:1:{s:1:"u";s:22:"production.wfu.example";};m:a:0:{}}'
        'C:19:"SplDoublyLinkedList":30:{i:0;:s:12:"dev.wfu.test";:i:1;}'             | 'C:19:"SplDoublyLinkedList":40:{i:0;:s:22:"production.wfu.example";:i:1;}'
        'C:3:"Bag":17:{see dev.wfu.test;}'                                          | 'C:3:"Bag":27:{see production.wfu.example;}'
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
