package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.wordpress.Rewriter;
import edu.wfu.wfumig.wordpress.Rule;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "rewrite",
        description = "The rewrite as a filter: each line of standard input is one value.",
        mixinStandardHelpOptions = true)
final class RewriteCommand implements Callable<Integer> {
    @Option(names = "--rule", required = true, paramLabel = "FIND=WITH", description = "May be given several times.")
    private Map<String, String> rules = Map.of();

    @Override
    public Integer call() throws IOException {
        List<Rule> all = new ArrayList<>();
        rules.forEach((find, with) -> all.add(new Rule(find, with)));
        var rewriter = new Rewriter(all);
        var in = new BufferedInputStream(System.in, 1 << 16);
        var out = new BufferedOutputStream(System.out, 1 << 16);
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b != '\n') {
                line.write(b);
                continue;
            }
            out.write(rewriter.rewrite(line.toByteArray()));
            out.write('\n');
            line.reset();
        }
        out.write(rewriter.rewrite(line.toByteArray()));
        out.flush();
        return ExitCode.DONE.number;
    }
}
