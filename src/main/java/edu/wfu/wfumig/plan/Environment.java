package edu.wfu.wfumig.plan;

import edu.wfu.wfumig.Location;
import org.jspecify.annotations.Nullable;

/**
 * A database with a name: dev, uat, pprd, prod.
 *
 * @param url the address of the main site, scheme included; derived from the database when left out
 */
public record Environment(
        String name,
        Server server,
        String schema,
        String tablePrefix,
        @Nullable String url,
        Location location) {}
