package edu.wfu.wfumig.wordpress

import groovy.transform.CompileStatic
import java.nio.charset.StandardCharsets
import spock.lang.Specification

/** Values that nobody would write, thrown together by dice; a failing one is printed and replays by its seed. */
class RewriterFuzzSpec extends Specification {
    static final List<String> SCRAPS = ['dev.wfu.test', 'DEV.wfu.test', 'http://dev.wfu.test', 'http:\\/\\/dev.wfu.test', 'http%3A%2F%2Fdev.wfu.test', 'müller.test', 'xn--mller-kva.test',
                                        'm\\u00fcller.test', 'example.org/law', 'cdn7.wfu.test', 's:12:"', 's:', 'S:3:"\\6', 'a:1:{', 'a:2:{i:0;', 'O:3:"Box":1:{', 'C:3:"Bag":20:{', 'E:5:"A:B', '";', '}', '{', '[', ']', '"',
                                        '\\', '\\"', '\\u', '\\u12', '\\ud83d', '\\ude00', '%', '%2', '%25', ':', ';', ',', '\n', '\0', '\u001a', ' ', 'é', '😀', 'i:0;', 'N;', 'r:1;', 'd:-INF;', 's:99999999999999999:"',
                                        '//', '.', '-', 'x', '12', '/', '@', '&amp;', "'", "''"]
    static final Rewriter RULES = new Rewriter([new Rule('dev.wfu.test', 'production.wfu.example'), new Rule('http://dev.wfu.test', 'https://production.wfu.example'), new Rule('müller.test', 'grün.example'),
                                                new Rule('example.org/law', 'law.example.net'), new Rule(/cdn(\d)\.wfu\.test/, 'img$1', true)])

    @CompileStatic
    private static byte[] value(Random dice) {
        def out = new ByteArrayOutputStream()
        int scraps = 1 + dice.nextInt(12)
        for (int i = 0; i < scraps; i++) {
            if (dice.nextInt(20) == 0) out.write(dice.nextInt(256))
            else out.writeBytes(SCRAPS[dice.nextInt(SCRAPS.size())].getBytes(StandardCharsets.UTF_8))
        }
        byte[] inner = out.toByteArray()
        // Now and then as a string inside something that is whole.
        if (dice.nextInt(3) == 0) inner = wrap("s:${inner.length}:\"", inner, '";')
        if (dice.nextInt(4) == 0) inner = wrap('a:1:{i:0;', inner, '}')
        if (dice.nextInt(6) == 0) inner = wrap("C:3:\"Bag\":${inner.length}:{", inner, '}')
        inner
    }

    @CompileStatic
    private static byte[] wrap(CharSequence head, byte[] inner, String tail) {
        def out = new ByteArrayOutputStream()
        out.writeBytes(head.toString().bytes)
        out.writeBytes(inner)
        out.writeBytes(tail.bytes)
        out.toByteArray()
    }

    @CompileStatic
    private static boolean readable(byte[] value) {
        PhpSerialized.end(value, 0, value.length) == value.length
    }

    @CompileStatic
    private static void check(long seed) {
        byte[] value = value(new Random(seed))
        byte[] once = RULES.rewrite(value)
        byte[] again = RULES.rewrite(once)
        String wrong = !Arrays.equals(again, once) ? 'twice is not once'
                : readable(value) && !readable(once) ? 'PHP can no longer read it'
                : JsonStrings.valid(value, 0, value.length) && !JsonStrings.valid(once, 0, once.length) ? 'it is no longer JSON' : ''
        if (wrong) throw new AssertionError((Object) "seed $seed: $wrong: ${new String(value, StandardCharsets.UTF_8)}".toString())
        RULES.rewriteJson(value)
        def out = new ByteArrayOutputStream()
        new SqlDumpRewriter(RULES, 64).rewrite(new ByteArrayInputStream(value), out)
        def lines = new ByteArrayOutputStream()
        new LineRewriter(RULES, 64).rewrite(new ByteArrayInputStream(value), lines)
    }

    def 'nothing throws, twice is once, and what could be read can be read'() {
        expect:
        (1L..(System.getenv('WFUMIG_SEEDS') ?: '100000').toLong()).each { check(it) }
    }
}
