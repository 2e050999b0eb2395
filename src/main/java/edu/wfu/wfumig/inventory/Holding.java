package edu.wfu.wfumig.inventory;

import java.util.List;
import java.util.Optional;

/**
 * What one schema holds.
 *
 * @param sites rows of {@code wp_blogs}; empty when the schema holds no network
 * @param newestPost the newest {@code post_modified_gmt} of the main site, empty when there is none
 * @param missingGrants what the account lacks for the part it plays, each as the GRANT to type
 * @param notCarried what stays behind of tables when they move
 */
public record Holding(
        ServerFacts server,
        String schema,
        String prefix,
        List<Table> tables,
        List<String> views,
        List<Trigger> triggers,
        List<ForeignKey> foreignKeys,
        List<Site> sites,
        Optional<String> newestPost,
        List<String> missingGrants,
        List<NotCarried> notCarried) {

    /** The same with another list of sites. */
    public Holding withSites(List<Site> others) {
        return new Holding(
                server,
                schema,
                prefix,
                tables,
                views,
                triggers,
                foreignKeys,
                others,
                newestPost,
                missingGrants,
                notCarried);
    }

    public boolean holdsNetwork() {
        return !sites.isEmpty();
    }
}
