package edu.wfu.wfumig.plan;

import edu.wfu.wfumig.Location;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which sites move.
 *
 * @param all every site of the source
 * @param listed sites named one by one or as ranges
 * @param excluded sites that stay behind, whatever else says
 * @param only a filter over what the source knows of a site
 * @param domains addresses that differ between the environments
 * @param networkTables whether users, site list and network settings move too
 */
public record Sites(
        boolean all,
        List<SiteRange> listed,
        List<SiteRange> excluded,
        @Nullable SiteFilter only,
        List<DomainPair> domains,
        boolean networkTables,
        Location location) {

    /** Sites {@code first} to {@code last}, both included, as written at {@code location}. */
    public record SiteRange(long first, long last, Location location) {
        public boolean contains(long id) {
            return first <= id && id <= last;
        }
    }

    /** A domain of the source and what it is called on the target. */
    public record DomainPair(String from, String to, Location location) {}

    /** A typed question about one site, asked once against the inventory. */
    @FunctionalInterface
    public interface SiteFilter {
        boolean test(SiteFacts site);
    }

    /** What a filter may ask of a site. */
    public interface SiteFacts {
        long getId();

        String getDomain();

        String getPath();

        boolean isPublic();

        boolean isArchived();

        boolean isMature();

        boolean isSpam();

        boolean isDeleted();

        /** {@code YYYY-MM-DD HH:MM:SS}, as the database has it. */
        String getRegistered();

        /** {@code YYYY-MM-DD HH:MM:SS}, as the database has it. */
        String getLastUpdated();
    }
}
