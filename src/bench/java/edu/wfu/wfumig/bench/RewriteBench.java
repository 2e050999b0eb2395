package edu.wfu.wfumig.bench;

import edu.wfu.wfumig.wordpress.Rewriter;
import edu.wfu.wfumig.wordpress.Rule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How fast the rewrite reads. Every score is operations per second on {@link #MEGABYTES} MB: multiply to get MB/s. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RewriteBench {
    static final int MEGABYTES = 8;

    @Param({"1", "8", "10000"})
    int needles;

    private Rewriter rewriter;
    private byte[] plain;
    private String plainText;
    private List<byte[]> rows;

    @Setup
    public void setup() {
        var rules = new ArrayList<Rule>();
        rules.add(new Rule("dev.wfu.test", "production.wfu.example"));
        for (int i = 1; i < needles; i++) rules.add(new Rule("s" + i + ".schools.test", "s" + i + ".wfu.example"));
        rewriter = new Rewriter(rules);
        var random = new Random(7);
        plain = prose(random, MEGABYTES << 20).getBytes(StandardCharsets.UTF_8);
        plainText = new String(plain, StandardCharsets.ISO_8859_1);
        rows = rows(random, MEGABYTES << 20);
    }

    /** The machine's own scan for one string, to compare with. */
    @Benchmark
    public int indexOf() {
        return plainText.indexOf("dev.wfu.test");
    }

    @Benchmark
    public byte[] withoutMatch() {
        return rewriter.rewrite(plain);
    }

    /** Values as WordPress holds them: prose with a link now and then, every second one serialized. */
    @Benchmark
    public long typicalRows() {
        long length = 0;
        for (byte[] row : rows) length += rewriter.rewrite(row).length;
        return length;
    }

    private static String prose(Random random, int bytes) {
        String[] words = ("the of and university campus students faculty college academic program science wp-content post"
                        + " image class=\"wp-block\" <p> </p> href size-large figure déjà 大学")
                .split(" ");
        var text = new StringBuilder();
        while (text.length() < bytes) text.append(words[random.nextInt(words.length)]).append(' ');
        return text.toString();
    }

    private static List<byte[]> rows(Random random, int bytes) {
        var rows = new ArrayList<byte[]>();
        for (int size = 0; size < bytes; ) {
            String body = prose(random, 1000 + random.nextInt(4000));
            if (random.nextInt(3) == 0) body = body + "http://dev.wfu.test/p/" + random.nextInt(1000) + " " + body;
            byte[] utf8 = body.getBytes(StandardCharsets.UTF_8);
            String value = rows.size() % 2 == 0
                    ? body
                    : "a:2:{s:5:\"width\";i:1024;s:4:\"body\";s:" + utf8.length + ":\"" + body + "\";}";
            byte[] row = value.getBytes(StandardCharsets.UTF_8);
            rows.add(row);
            size += row.length;
        }
        return rows;
    }
}
