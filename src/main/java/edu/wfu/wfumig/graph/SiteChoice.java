package edu.wfu.wfumig.graph;

import edu.wfu.wfumig.Location;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.inventory.Site;
import edu.wfu.wfumig.plan.Sites;
import edu.wfu.wfumig.plan.Sites.SiteRange;
import java.util.ArrayList;
import java.util.List;

/** Which sites of the source a plan chooses, each with the line that chose it. */
record SiteChoice(Site site, Location origin) {

    static List<SiteChoice> of(Sites wanted, List<Site> present, List<Problem> problems) {
        var chosen = new ArrayList<SiteChoice>();
        for (var site : present) {
            var range =
                    wanted.listed().stream().filter(r -> r.contains(site.id())).findFirst();
            if (!wanted.all() && range.isEmpty()) continue;
            if (wanted.excluded().stream().anyMatch(r -> r.contains(site.id()))) continue;
            if (wanted.only() != null && !wanted.only().test(new Facts(site))) continue;
            chosen.add(new SiteChoice(site, range.map(SiteRange::location).orElse(wanted.location())));
        }
        for (var range : wanted.listed()) {
            boolean single = range.first() == range.last();
            if (single && present.stream().noneMatch(site -> range.contains(site.id()))) {
                problems.add(Problem.at(
                        range.location(),
                        "site " + range.first() + " is not in the source's wp_blogs",
                        "a site that exists; gaps are allowed inside ranges only"));
            }
        }
        return chosen;
    }

    /** What a filter of the plan sees of a site. */
    private record Facts(Site site) implements Sites.SiteFacts {
        @Override
        public long getId() {
            return site.id();
        }

        @Override
        public String getDomain() {
            return site.address().host();
        }

        @Override
        public String getPath() {
            return site.address().path();
        }

        @Override
        public boolean isPublic() {
            return site.isPublic();
        }

        @Override
        public boolean isArchived() {
            return site.archived();
        }

        @Override
        public boolean isMature() {
            return site.mature();
        }

        @Override
        public boolean isSpam() {
            return site.spam();
        }

        @Override
        public boolean isDeleted() {
            return site.deleted();
        }

        @Override
        public String getRegistered() {
            return site.registered();
        }

        @Override
        public String getLastUpdated() {
            return site.lastUpdated();
        }
    }
}
