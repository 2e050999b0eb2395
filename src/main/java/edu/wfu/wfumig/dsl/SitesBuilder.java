package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.Location;
import edu.wfu.wfumig.plan.Sites;
import edu.wfu.wfumig.plan.Sites.DomainPair;
import edu.wfu.wfumig.plan.Sites.SiteRange;
import groovy.lang.Closure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the choice of sites. */
final class SitesBuilder extends BlockBuilder implements SitesBlock {
    private final Location at;
    private boolean all;
    private final List<SiteRange> listed = new ArrayList<>();
    private final List<SiteRange> excluded = new ArrayList<>();
    private final List<DomainPair> domains = new ArrayList<>();
    private Sites.@Nullable SiteFilter only;
    private boolean networkTables;

    SitesBuilder(PlanReading reading, Location at) {
        super(reading);
        this.at = at;
    }

    @Override
    public void all() {
        all = true;
    }

    @Override
    public void sites(Object... idsAndRanges) {
        listed.addAll(ranges(idsAndRanges));
    }

    @Override
    public void exclude(Object... idsAndRanges) {
        excluded.addAll(ranges(idsAndRanges));
    }

    @Override
    public void only(Closure<Boolean> filter) {
        var copy = filter.dehydrate();
        only = site -> {
            @SuppressWarnings("unchecked")
            Closure<Boolean> question = (Closure<Boolean>) copy.clone();
            question.setDelegate(site);
            question.setResolveStrategy(Closure.DELEGATE_ONLY);
            return Boolean.TRUE.equals(question.call());
        };
    }

    @Override
    public void domain(Map<String, ?> to, String domain) {
        domains.add(new DomainPair(domain, String.valueOf(to.get("to")), here()));
    }

    @Override
    public void networkTables() {
        networkTables = true;
    }

    Sites build() {
        return new Sites(
                all, List.copyOf(listed), List.copyOf(excluded), only, List.copyOf(domains), networkTables, at);
    }
}
