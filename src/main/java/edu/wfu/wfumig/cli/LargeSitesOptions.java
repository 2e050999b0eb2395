package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.plan.LargeSites;
import edu.wfu.wfumig.plan.Plan;
import edu.wfu.wfumig.plan.Sites.SiteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Options that say for one run which sites are large and what is done with them. */
final class LargeSitesOptions {
    @Option(names = "--large-sites", split = ",", paramLabel = "ID", description = "These sites are large, too.")
    private List<Long> large = List.of();

    @Option(names = "--defer-large-sites", description = "Large sites run after all others.")
    private boolean defer;

    @Option(names = "--skip-large-sites", description = "Large sites are left for a later resume.")
    private boolean skip;

    Plan apply(Plan plan) {
        var rules = plan.largeSites();
        var listed = new ArrayList<>(rules.listed());
        large.forEach(site -> listed.add(new SiteRange(site, site, plan.location())));
        return plan.with(new LargeSites(
                List.copyOf(listed),
                rules.largerThan(),
                rules.moreRowsThan(),
                rules.timeout(),
                rules.deferToEnd() || defer,
                rules.atOnce()));
    }

    /** The scopes that this run leaves out. */
    Set<ScopeId> left(Graph graph) {
        if (!skip) return Set.of();
        return graph.scopes().stream().filter(Scope::large).map(Scope::id).collect(Collectors.toUnmodifiableSet());
    }
}
