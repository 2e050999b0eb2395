package edu.wfu.wfumig.cli;

import com.github.luben.zstd.ZstdInputStream;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.wordpress.LineRewriter;
import edu.wfu.wfumig.wordpress.Rewriter;
import edu.wfu.wfumig.wordpress.Rule;
import edu.wfu.wfumig.wordpress.SqlDumpRewriter;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "rewrite",
        description = "The rewrite as a filter, from standard input (plain, gzip or zstd) to standard output (plain).")
final class RewriteCommand extends WfumigCommand implements Callable<Integer> {
    @Option(names = "--rule", required = true, paramLabel = "FIND=WITH", description = "May be given several times.")
    private Map<String, String> rules = Map.of();

    @Option(
            names = "--sql",
            description = "The input is an SQL dump: its string literals are the values (else: lines).")
    private boolean sql;

    @Override
    public Integer call() throws IOException {
        List<Rule> all = rules.entrySet().stream()
                .map(rule -> new Rule(rule.getKey(), rule.getValue()))
                .toList();
        for (var rule : all) {
            if (rule.find().matches(".*[\\p{L}\\p{N}].*")) continue;
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    Problem.of("nothing to look for in '" + rule.find() + "'", "--rule FIND=WITH", "", ""));
        }
        var rewriter = new Rewriter(all);
        var in = opened(new BufferedInputStream(System.in, 1 << 16));
        var out = new BufferedOutputStream(System.out, 1 << 16);
        if (sql) new SqlDumpRewriter(rewriter).rewrite(in, out);
        else new LineRewriter(rewriter).rewrite(in, out);
        out.flush();
        return ExitCode.DONE.number;
    }

    /** Told by the first bytes: gzip is 1f 8b (RFC 1952), zstd is 28 b5 2f fd (RFC 8878). */
    private static InputStream opened(BufferedInputStream in) throws IOException {
        in.mark(4);
        byte[] magic = in.readNBytes(4);
        in.reset();
        if (magic.length > 1 && magic[0] == 0x1f && magic[1] == (byte) 0x8b) return new GZIPInputStream(in, 1 << 16);
        if (magic.length == 4 && magic[0] == 0x28 && magic[1] == (byte) 0xb5 && magic[2] == 0x2f) {
            return new ZstdInputStream(in).setContinuous(true);
        }
        return in;
    }
}
