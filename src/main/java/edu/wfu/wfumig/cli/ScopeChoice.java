package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.plan.Environment;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a command is about: sites by their numbers, or tables by their names. */
final class ScopeChoice {
    @Parameters(arity = "0..*", paramLabel = "SITE", description = "The numbers of sites.")
    private List<Long> sites = List.of();

    @Option(
            names = "--tables",
            split = ",",
            paramLabel = "GLOB",
            description = "Tables, whatever they belong to, instead of sites: 'archon_*'.")
    private List<String> tables = List.of();

    /** Puts the choice into a plan; refuses none, and both. */
    void describe(PlanText text, Environment of) {
        if (sites.isEmpty() == tables.isEmpty()) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    Problem.of(
                            sites.isEmpty() ? "neither sites nor --tables" : "sites and --tables",
                            "one of them: numbers of sites, or --tables GLOB",
                            "nothing was written",
                            ""));
        }
        if (tables.isEmpty()) text.sites(sites);
        else text.tables(tables, of);
    }

    List<ScopeId> scopes() {
        return tables.isEmpty() ? sites.stream().map(ScopeId::ofSite).toList() : List.of(ScopeId.TABLES);
    }
}
