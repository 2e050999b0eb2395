package edu.wfu.wfumig.plan;

import edu.wfu.wfumig.Location;
import org.jspecify.annotations.Nullable;

/**
 * A database with a name: dev, uat, pprd, prod.
 *
 * @param schema the schema that holds the tables; on PostgreSQL the one that the plan's {@code tables} block names
 * @param url the address of the main site, scheme included; derived from the database when left out
 * @param protection what a run that changes it must bring; null for nothing but a yes
 */
public record Environment(
        String name,
        Server server,
        String schema,
        String tablePrefix,
        @Nullable String url,
        Location location,
        @Nullable Protection protection) {
    /** The same environment with its tables in another schema. */
    public Environment in(String other) {
        return new Environment(name, server, other, tablePrefix, url, location, protection);
    }
}
