package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.dump.Unpacked;
import edu.wfu.wfumig.wordpress.LineRewriter;
import edu.wfu.wfumig.wordpress.Patterns;
import edu.wfu.wfumig.wordpress.Rewriter;
import edu.wfu.wfumig.wordpress.Rule;
import edu.wfu.wfumig.wordpress.SqlDumpRewriter;
import edu.wfu.wfumig.wordpress.Tally;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "rewrite",
        description = "The rewrite as a filter, from standard input (plain, gzip or zstd) to standard output (plain).")
final class RewriteCommand extends WfumigCommand implements Callable<Integer> {
    @Option(names = "--rule", paramLabel = "FIND=WITH", description = "May be given several times.")
    private Map<String, String> rules = Map.of();

    @Option(names = "--regex", paramLabel = "REGEX=WITH", description = "A regular expression (RE2); $1 is a group.")
    private Map<String, String> expressions = Map.of();

    @Option(names = "--counts", description = "Says on standard error how often each rule replaced something.")
    private boolean counts;

    @Option(
            names = "--sql",
            description = "The input is an SQL dump: its string literals are the values (else: lines).")
    private boolean sql;

    @Override
    public Integer call() throws IOException {
        var all = new ArrayList<Rule>();
        rules.forEach((find, with) -> all.add(new Rule(find, with)));
        expressions.forEach((find, with) -> all.add(new Rule(find, with, true)));
        check(all);
        var tally = new Tally(all.size());
        var rewriter = new Rewriter(all).tallying(tally);
        var in = Unpacked.of(new BufferedInputStream(System.in, 1 << 16));
        var out = new BufferedOutputStream(System.out, 1 << 16);
        if (sql) new SqlDumpRewriter(rewriter).rewrite(in, out);
        else new LineRewriter(rewriter).rewrite(in, out);
        out.flush();
        if (System.out.checkError())
            throw new Refusal(
                    Refusal.Kind.FAILED,
                    Problem.of("standard output did not take all of it", "room on the disk, or a reader", "", ""));
        for (int i = 0; counts && i < all.size(); i++) System.err.printf("%9d  %s%n", tally.of(i), all.get(i));
        return ExitCode.DONE.number;
    }

    private static void check(List<Rule> rules) {
        var problems = new ArrayList<Problem>();
        if (rules.isEmpty()) problems.add(Problem.of("no rule", "--rule FIND=WITH or --regex REGEX=WITH", "", ""));
        for (var rule : rules) {
            String wrong = rule.regex() ? Patterns.problem(rule) : null;
            if (wrong != null)
                problems.add(
                        Problem.of("'" + rule.find() + "' cannot be a rule: " + wrong, "--regex REGEX=WITH", "", ""));
            if (!rule.regex() && !rule.find().matches(".*[\\p{L}\\p{N}].*"))
                problems.add(Problem.of("nothing to look for in '" + rule.find() + "'", "--rule FIND=WITH", "", ""));
        }
        if (!problems.isEmpty()) throw new Refusal(Refusal.Kind.INVALID, problems);
    }
}
