package edu.wfu.wfumig.cli

import com.github.luben.zstd.ZstdOutputStream
import edu.wfu.wfumig.support.Wfumig
import java.util.zip.GZIPOutputStream
import spock.lang.Specification

/** The rewrite as a filter. */
class RewriteCommandSpec extends Specification {
    Wfumig wfumig = new Wfumig()
    String err = ''

    private String filter(byte[] input, int code, String... words) {
        def (stdin, stdout, stderr) = [System.in, System.out, System.err]
        def out = new ByteArrayOutputStream()
        def errors = new ByteArrayOutputStream()
        System.in = new ByteArrayInputStream(input)
        System.out = new PrintStream(out)
        System.err = new PrintStream(errors)
        try {
            assert wfumig.call(*(['rewrite'] + words.toList())) == code
        } finally {
            System.in = stdin
            System.out = stdout
            System.err = stderr
        }
        err = errors.toString()
        out.toString()
    }

    def 'every line of a text is a value'() {
        expect:
        filter('s:6:"a.test";\nhttp://a.test\n\nlast a.test'.bytes, 0, '--rule', 'a.test=long.test') == 's:9:"long.test";\nhttp://long.test\n\nlast long.test'
    }

    def 'lines longer than any buffer come out right'() {
        given:
        def text = ('x' * 700_000 + ' a.test\n') * 3 + 'y' * 3_000_000 + 'a.test '

        expect:
        filter(text.bytes, 0, '--regex', 'a[.]test=long.test') == text.replace('a.test', 'long.test')
    }

    def 'a dump may be #packed'() {
        given:
        def bytes = new ByteArrayOutputStream()
        pack(bytes).withStream { it.write("INSERT INTO t VALUES ('s:6:\\\"a.test\\\";');\n".bytes) }

        expect:
        filter(bytes.toByteArray(), 0, '--sql', '--rule', 'a.test=long.test') == "INSERT INTO t VALUES ('s:9:\\\"long.test\\\";');\n"

        where:
        packed  | pack
        'plain' | { it }
        'gzip'  | { new GZIPOutputStream(it) }
        'zstd'  | { new ZstdOutputStream(it) }
    }

    def 'each rule says how often it replaced something'() {
        expect:
        filter('a.test cdn7.b.test a.test\ncdn.b.test'.bytes, 0, '--rule', 'a.test=long.test', '--regex', 'cdn(\\d+)=img-$1', '--counts') == 'long.test img-7.b.test long.test\ncdn.b.test'
        err == '        2  a.test -> long.test\n        1  regex cdn(\\d+) -> img-$1\n'
    }

    def 'rules that cannot be are all told at once'() {
        expect:
        filter(''.bytes, 2, '--rule', '//=x', '--regex', '(=x', '--regex', 'a*=x') == ''
        wfumig.err.contains("nothing to look for in '//'")
        wfumig.err.contains("'(' cannot be a rule: missing closing )")
        wfumig.err.contains("'a*' cannot be a rule: it matches the empty text")
        filter(''.bytes, 2) == ''
        wfumig.err.contains('no rule')
    }

    def 'an output that takes no more is a failure, not a success cut short'() {
        given:
        def (stdin, stdout) = [System.in, System.out]
        System.in = new ByteArrayInputStream('a.test'.bytes)
        System.out = new PrintStream(new OutputStream() {
            void write(int b) {
                throw new IOException('No space left on device')
            }
        })

        when:
        int code = wfumig.call('rewrite', '--rule', 'a.test=long.test')

        then:
        code == 1
        wfumig.err.contains('standard output did not take all of it')

        cleanup:
        System.in = stdin
        System.out = stdout
    }
}
