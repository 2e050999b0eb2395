package edu.wfu.wfumig.inventory;

import java.util.Set;

/**
 * What a server says of itself.
 *
 * @param product {@code MySQL} or {@code MariaDB}
 * @param identity what tells this server from any other: host name and data folder
 * @param localInfile whether the server takes {@code LOAD DATA LOCAL}
 * @param createsSchemas whether the account may create schemas
 */
public record ServerFacts(
        String product,
        String version,
        String identity,
        Set<String> collations,
        Set<String> engines,
        boolean localInfile,
        boolean createsSchemas) {

    public boolean mariadb() {
        return product.equals("MariaDB");
    }

    @Override
    public String toString() {
        return product + " " + version;
    }
}
