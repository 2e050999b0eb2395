package edu.wfu.wfumig.inventory;

import java.util.ArrayList;
import java.util.List;

/**
 * What source and target hold at the moment of the survey.
 *
 * @param lacking what the source's tables are made of and the target does not have as the source has it
 */
public record Inventory(Holding source, Holding target, List<Lacking> lacking) {
    public Inventory(Holding source, Holding target) {
        this(source, target, List.of());
    }

    /** The same with the source's sites where the target has them, so that nothing follows from their addresses. */
    public Inventory atTheirAddresses() {
        var sites = new ArrayList<>(target.sites());
        var known = target.sites().stream().map(Site::id).toList();
        for (var site : source.sites()) if (!known.contains(site.id())) sites.add(site);
        return new Inventory(source.withSites(List.copyOf(sites)), target, lacking);
    }

    /** The same with the target's own tables to move: they are rewritten as if they had come from the source's sites. */
    public Inventory inPlace() {
        return new Inventory(target.withSites(source.sites()), target);
    }
}
