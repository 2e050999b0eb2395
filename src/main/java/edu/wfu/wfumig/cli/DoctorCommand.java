package edu.wfu.wfumig.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.plan.Archive;
import edu.wfu.wfumig.plan.Plan;
import edu.wfu.wfumig.plan.Secret;
import edu.wfu.wfumig.plan.Server;
import edu.wfu.wfumig.settings.Secrets;
import edu.wfu.wfumig.steps.Brake;
import edu.wfu.wfumig.steps.Examination;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Examines what a run of a plan needs, and tells all that is wrong.
 *
 * <ol>
 *   <li>The secrets that the plan names have values.
 *   <li>Each server answers and lets the account in.
 *   <li>The plan compiles to a graph with what the servers hold.
 *   <li>All that the first step of a run looks at.
 * </ol>
 *
 * What cannot be examined because of something before it is left out.
 */
@Command(name = "doctor", description = "Look for all that would keep a run of a plan from working. Writes nothing.")
final class DoctorCommand extends WfumigCommand implements Callable<Integer> {
    @Mixin
    private PlanOptions options;

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            description = "Where dumps would be made (default: in the state folder).")
    private @Nullable Path workDir;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    private final List<Problem> problems = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        var plan = options.read(environment());
        boolean invalid = examine(plan);
        if (json) {
            var all = new LinkedHashMap<String, Object>();
            all.put("plan", plan.name());
            all.put("problems", problems.stream().map(DoctorCommand::plain).toList());
            all.put("remarks", remarks);
            out().println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all));
        } else {
            remarks.forEach(remark -> out().println("note: " + remark));
            problems.forEach(problem -> out().println(problem));
            out().println(plan.name() + ": "
                    + (problems.isEmpty()
                            ? "nothing was found that keeps it from running"
                            : Quantity.of(problems.size(), "problem")));
        }
        if (problems.isEmpty()) return ExitCode.DONE.number;
        return (invalid ? ExitCode.INVALID : ExitCode.FAILED).number;
    }

    /** Returns whether the plan itself is what is wrong. */
    private boolean examine(Plan plan) throws IOException {
        values(plan);
        if (problems.isEmpty()) servers(plan, secrets());
        if (!problems.isEmpty()) return false;
        try (var wiring = new Wiring(plan, RunFolder.beside(options.file()), environment(), false)) {
            Graph graph = wiring.compile();
            var databases = wiring.databases();
            Path work = (workDir == null ? runs().folder() : workDir).toAbsolutePath();
            try (var brake = new Brake(plan, databases.source())) {
                var findings = new Examination(
                                graph, databases, work, wiring.archive(), brake, plan.parallel(), plan.extent())
                        .run();
                problems.addAll(findings.problems());
                remarks.addAll(findings.remarks());
            }
            mark(wiring, graph);
            rehearsal(plan, graph);
            return false;
        } catch (Refusal refusal) {
            problems.addAll(refusal.problems());
            return refusal.kind() == Refusal.Kind.INVALID;
        }
    }

    private void values(Plan plan) {
        var secrets = secrets();
        for (var server : servers(plan).values()) {
            tryValue(secrets, server.password());
        }
        if (plan.archive() instanceof Archive.S3 s3 && s3.keys() != null) {
            tryValue(secrets, s3.keys().access());
            tryValue(secrets, s3.keys().secret());
            tryValue(secrets, s3.keys().session());
        }
        // A run goes on without its notices; so this is no problem.
        for (var hook : plan.notices().webhooks()) {
            try {
                secrets.value(hook.name());
            } catch (Refusal refusal) {
                remarks.add(
                        "nobody will be notified: " + refusal.problems().get(0).found());
            }
        }
    }

    private void tryValue(Secrets secrets, @Nullable Secret secret) {
        if (secret == null) return;
        try {
            secrets.value(secret.name());
        } catch (Refusal refusal) {
            for (var problem : refusal.problems()) if (!problems.contains(problem)) problems.add(problem);
        }
    }

    private static Map<String, Server> servers(Plan plan) {
        var servers = new LinkedHashMap<String, Server>();
        servers.put("source", plan.source().server());
        servers.put("target", plan.target().server());
        if (plan.staging().server() != null)
            servers.put("staging", plan.staging().server());
        return servers;
    }

    /** Asks each server whether it answers, so that one that does not hides none of the others. */
    private void servers(Plan plan, Secrets secrets) {
        servers(plan).forEach((side, server) -> {
            if (server.embedded()) return;
            try (var catalogue = Servers.connect(server, RunFolder.beside(options.file()), secrets)
                    .catalogue()) {
                remarks.add("the " + side + " is " + catalogue.facts() + " at " + server);
            } catch (Refusal refusal) {
                refusal.problems()
                        .forEach(problem -> problems.add(new Problem(
                                null,
                                side + ": " + problem.found(),
                                problem.expected(),
                                problem.safe(),
                                problem.next())));
            }
        });
    }

    private void mark(Wiring wiring, Graph graph) {
        try (var target = wiring.databases().target().catalogue()) {
            if (target.mark(graph.target().schema()) != null) return;
            remarks.add("the target is not marked yet; a run marks it as '"
                    + graph.target().environment() + "'");
        }
    }

    /** What a protected target would ask for is no problem of the surroundings. */
    private void rehearsal(Plan plan, Graph graph) throws IOException {
        try {
            Rehearsals.require(runs(), plan.target(), graph, "wfumig rehearse " + options.file());
        } catch (Refusal refusal) {
            remarks.add(refusal.problems().get(0).found() + "; a run will ask for a rehearsal");
        }
    }

    private static Map<String, String> plain(Problem problem) {
        var plain = new LinkedHashMap<String, String>();
        if (problem.at() != null) plain.put("at", problem.at().toString());
        plain.put("found", problem.found());
        plain.put("expected", problem.expected());
        plain.put("next", problem.next());
        return plain;
    }
}
