package edu.wfu.wfumig.wordpress

import com.sun.management.ThreadMXBean
import java.lang.management.ManagementFactory
import spock.lang.Specification

/** What a rewrite costs: bytes walked over and bytes allocated, never seconds. */
class RewriterCostSpec extends Specification {
    static final Rewriter RULES = new Rewriter([new Rule('dev.wfu.test', 'production.wfu.example'), new Rule('http://dev.wfu.test', 'https://production.wfu.example')])
    static final int MEGABYTE = 1 << 20

    /** A megabyte and more of prose with a host in every percent or so. */
    static String prose(int bytes) {
        ('the college of arts and sciences, ' * 30 + 'http://dev.wfu.test/p ') * (bytes.intdiv(1042) + 1)
    }

    static String serialized(String text) {
        "s:${text.getBytes('UTF-8').length}:\"$text\";"
    }

    static long work(String value) {
        def tally = new Tally(2)
        RULES.tallying(tally).rewrite(value.bytes)
        tally.scanned()
    }

    def 'the work grows as the size does: #what'() {
        when:
        long once = work(make(MEGABYTE))
        long eight = work(make(8 * MEGABYTE))

        then:
        eight > 7 * once
        eight < 9 * once
        eight < 8 * MEGABYTE * passes

        where:
        what                          | passes | make
        'plain text'                  | 4      | { n -> prose(n) }
        'one serialized string'       | 7      | { n -> serialized(prose(n)) }
        'JSON'                        | 8      | { n -> '{"a":"' + prose(n).replace('/', '\\/') + '"}' }
        'serialized that ends early'  | 5      | { n -> 'a:2:{i:0;' + serialized(prose(n)) + 'i:1;s:5:"ab' }
        'JSON that ends early'        | 5      | { n -> '["' + prose(n) + '", 5' + ' ]]' }
        'many arrays that end early'  | 6      | { n -> 'x dev.wfu.test ' + 'a:9:{i:0;' * n.intdiv(9) }
        'arrays in arrays'            | 6      | { n -> 'a:1:{i:0;' * 4000 + serialized(prose(n)) + '}' * 4000 }
    }

    def 'the work grows as the depth of strings in strings does'() {
        given:
        def deep = { int depth -> (1..depth).inject(prose(MEGABYTE)) { text, i -> serialized(text) } }

        when:
        long ten = work(deep(10))
        long forty = work(deep(40))

        then:
        forty > 3 * ten
        forty < 4.5 * ten
    }

    def 'nested arrays cost nothing more: depth #depth'() {
        when:
        long nested = work('a:1:{i:0;' * depth + serialized(prose(MEGABYTE)) + '}' * depth)
        long alone = work(serialized(prose(MEGABYTE)))

        then:
        nested < 1.05 * alone + 60 * depth

        where:
        depth << [10, 200, 4000]
    }

    def 'strings in strings to depth 200 come out right, and deeper ones stay as they are'() {
        given:
        def before = (1..200).inject('http://dev.wfu.test') { text, i -> i % 2 ? serialized(text.toString()) : "a:1:{i:0;${serialized(text.toString())}}" }
        def after = (1..200).inject('https://production.wfu.example') { text, i -> i % 2 ? serialized(text.toString()) : "a:1:{i:0;${serialized(text.toString())}}" }
        def tooDeep = (1..300).inject('http://dev.wfu.test') { text, i -> serialized(text.toString()) }

        expect:
        new String(RULES.rewrite(before.toString().bytes)) == after
        new String(RULES.rewrite(tooDeep.toString().bytes)) == tooDeep
    }

    def 'records in records, and JSON in arrays, end however deep they are'() {
        given:
        def records = (1..1200).inject('s:12:"dev.wfu.test";') { text, i -> "C:1:\"A\":${text.length()}:{$text}".toString() }
        def json = '[' * 600 + '"dev.wfu.test"' + ']' * 600

        expect:
        [records, json].each { deep -> RULES.rewrite(deep.bytes) }
        new String(RULES.rewrite(('[' * 500 + '"dev.wfu.test"' + ']' * 500).bytes)) == '[' * 500 + '"production.wfu.example"' + ']' * 500
    }

    def 'a value of 64 MB takes #times its size beside itself: #what'() {
        given:
        byte[] value = filled(64 * MEGABYTE, head, middle, tail)
        def threads = (ThreadMXBean) ManagementFactory.threadMXBean

        when:
        long before = threads.currentThreadAllocatedBytes
        byte[] after = RULES.rewrite(value)
        long allocated = threads.currentThreadAllocatedBytes - before
        int growth = after.length - value.length
        int size = value.length
        value = after = null // a failed condition would print them

        then:
        growth > 0
        allocated < times * size

        where:
        what                      | times | head                  | middle                                  | tail
        'plain text'              | 1.1   | ''                    | prose(1000)                             | ''
        'one serialized string'   | 1.1   | 's:67108850:"'        | prose(1000)                             | '";'
        'many serialized strings' | 1.3   | 'a:63550:{'           | 'i:1;' + serialized(prose(1000))        | '}'
        'JSON'                    | 2.2   | '{"a":"'              | prose(1000).replace('/', '\\/')         | '"}'
    }

    /** {@code head}, as many whole {@code middle}s as fit, blanks where a string may have some, {@code tail}. */
    static byte[] filled(int size, String head, String middle, String tail) {
        byte[] all = new byte[size]
        Arrays.fill(all, (byte) 0x20)
        byte[] part = middle.bytes
        System.arraycopy(head.bytes, 0, all, 0, head.length())
        int at = head.length()
        for (; at + part.length + tail.length() <= size; at += part.length) System.arraycopy(part, 0, all, at, part.length)
        int end = middle.endsWith('";') ? at : size - tail.length()
        System.arraycopy(tail.bytes, 0, all, end, tail.length())
        all
    }

    def 'a value without a match costs nothing'() {
        given:
        byte[] value = ('the college of arts and sciences ' * 1000).bytes
        def threads = (ThreadMXBean) ManagementFactory.threadMXBean
        long same = 0
        long allocated = 0

        when:
        2000.times { // Groovy's own calls allocate until they are compiled
            long before = threads.currentThreadAllocatedBytes
            byte[] after = RULES.rewrite(value)
            allocated = threads.currentThreadAllocatedBytes - before
            if (after.is(value)) same++
        }

        then:
        same == 2000
        allocated < 1000
    }
}
