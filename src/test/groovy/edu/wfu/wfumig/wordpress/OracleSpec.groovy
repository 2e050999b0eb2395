package edu.wfu.wfumig.wordpress

import com.github.luben.zstd.ZstdInputStream
import com.github.luben.zstd.ZstdOutputStream
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.CompletableFuture
import spock.lang.IgnoreIf
import spock.lang.Requires
import spock.lang.Specification

/**
 * Real PHP judges the rewrite. {@code src/test/php/generate.php} makes values by a seed, {@code check.php} reads each
 * back before and after and walks both graphs; its rules are written a second time, in PHP.
 *
 * <p>20,000 values are stored with what PHP confirmed, so that machines without PHP check them too. More on demand:
 * {@code WFUMIG_ORACLE=1000000 ./mvnw test -Dtest=OracleSpec}, with {@code WFUMIG_SEED=…} to repeat one. After a change
 * of the generator {@code WFUMIG_ACCEPT=1} stores the values anew, if PHP confirms them.
 */
class OracleSpec extends Specification {
    static final Rewriter RULES = new Rewriter([new Rule('dev.wfu.test', 'production.wfu.example'), new Rule('http://dev.wfu.test', 'https://production.wfu.example'),
                                                new Rule('example.org/law', 'law.example.net'), new Rule('müller.test', 'grün.example')])
    static final Path STORED = Path.of('src/test/resources/wordpress/oracle-values.tsv.zst')
    static final int STORED_SEED = 7
    static final int PORTION = 50_000

    static boolean hasPhp() {
        try {
            new ProcessBuilder('php', '-r', 'exit(PHP_VERSION_ID >= 80100 ? 0 : 1);').start().waitFor() == 0
        } catch (IOException ignored) {
            false
        }
    }

    def '20,000 stored values come out as PHP confirmed them'() {
        given:
        int wrong = 0
        int seen = 0
        String example = null

        when:
        new ZstdInputStream(Files.newInputStream(STORED)).withReader('US-ASCII') { reader ->
            reader.eachLine { line ->
                def (kind, before, after) = line.split('\t', -1)
                byte[] value = HexFormat.of().parseHex(before)
                byte[] once = RULES.rewrite(value)
                seen++
                if (HexFormat.of().formatHex(once) == after && RULES.rewrite(once).is(once)) return
                wrong++
                example = example ?: "$kind: ${new String(value, 'UTF-8').take(300)}"
            }
        }

        then:
        seen == 20_000
        wrong == 0 && example == null
    }

    @Requires({ OracleSpec.hasPhp() })
    def 'PHP reads 20,000 stored values as before, but for their addresses'() {
        given:
        def values = Path.of('target/oracle-stored.tsv')
        if (System.getenv('WFUMIG_ACCEPT')) {
            generate(STORED_SEED, 0, 20_000, values)
        } else {
            new ZstdInputStream(Files.newInputStream(STORED)).withStream { Files.copy(it, values, java.nio.file.StandardCopyOption.REPLACE_EXISTING) }
        }

        when:
        def verdict = check(values)
        if (System.getenv('WFUMIG_ACCEPT') && verdict.endsWith('failed 0')) store(values)

        then:
        verdict.endsWith('checked 20000, failed 0')
    }

    @Requires({ OracleSpec.hasPhp() })
    @IgnoreIf({ !env.WFUMIG_ORACLE })
    def 'PHP reads as many new values as were asked for as before, but for their addresses'() {
        given:
        int wanted = System.getenv('WFUMIG_ORACLE') as int
        int seed = (System.getenv('WFUMIG_SEED') ?: System.nanoTime() % 1_000_000) as int
        println "seed $seed"

        expect:
        for (int first = 0; first < wanted; first += PORTION) {
            int count = Math.min(PORTION, wanted - first)
            def values = Path.of('target/oracle-new.tsv')
            generate(seed, first, count, values)
            def verdict = check(values)
            println "seed $seed, from $first: ${verdict.readLines().last()}"
            assert verdict.endsWith("checked $count, failed 0")
        }
    }

    @Requires({ OracleSpec.hasPhp() })
    def 'PHP reads a value of 64 MB as before, but for its addresses'() {
        given:
        def item = 'i:%d;' + RewriterCostSpec.serialized(RewriterCostSpec.prose(1000))
        int items = (64 << 20).intdiv(item.length() + 4)
        def before = Files.newOutputStream(Path.of('target/oracle-64mb.before')).withCloseable { out ->
            out.write("a:$items:{".bytes)
            (0..<items).each { out.write(String.format(item, it).bytes) }
            out.write('}'.bytes)
            Path.of('target/oracle-64mb.before')
        }
        def after = Path.of('target/oracle-64mb.after')
        Files.write(after, RULES.rewrite(Files.readAllBytes(before)))

        when:
        def php = new ProcessBuilder('php', '-d', 'memory_limit=1G', '-r', """
            \$before = unserialize(file_get_contents('$before')); \$after = unserialize(file_get_contents('$after'));
            if (count(\$before) !== $items || array_keys(\$before) !== array_keys(\$after)) exit(1);
            foreach (\$before as \$i => \$text)
                if (str_replace(['http://dev.wfu.test', 'dev.wfu.test'], ['https://production.wfu.example', 'production.wfu.example'], \$text) !== \$after[\$i]) exit(2);
            """.toString()).inheritIO().start()

        then:
        php.waitFor() == 0
        Files.size(after) > Files.size(before)

        cleanup:
        Files.deleteIfExists(before)
        Files.deleteIfExists(after)
    }

    private static void generate(int seed, int first, int count, Path into) {
        def php = new ProcessBuilder('php', 'src/test/php/generate.php', "$seed", "$count", "$first")
                .redirectOutput(into.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start()
        assert php.waitFor() == 0
    }

    /** What the checker prints of these values, each rewritten. */
    private static String check(Path values) {
        def php = new ProcessBuilder('php', 'src/test/php/check.php').redirectErrorStream(true).start()
        def said = CompletableFuture.supplyAsync { php.inputStream.text.trim() }
        php.outputStream.withWriter('US-ASCII') { out ->
            int number = 0
            values.toFile().eachLine('US-ASCII') { line ->
                def (kind, before) = line.split('\t', -1)
                def after = RULES.rewrite(HexFormat.of().parseHex(before))
                out.write("${++number}\t$kind\t$before\t${HexFormat.of().formatHex(after)}\n")
            }
        }
        said.get()
    }

    private static void store(Path values) {
        new ZstdOutputStream(Files.newOutputStream(STORED), 19).withWriter('US-ASCII') { out ->
            values.toFile().eachLine('US-ASCII') { line ->
                def (kind, before) = line.split('\t', -1)
                out.write("$kind\t$before\t${HexFormat.of().formatHex(RULES.rewrite(HexFormat.of().parseHex(before)))}\n")
            }
        }
    }
}
