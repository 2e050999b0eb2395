package edu.wfu.wfumig.database;

/** How a product writes names and definitions. Needs no connection. */
public interface Dialect {
    /** A name in quotes. */
    String name(String name);

    /** A table of a schema. */
    default String name(String schema, String table) {
        return name(schema) + "." + name(table);
    }

    /** Whether a snapshot shows a table as it was at one moment. */
    boolean covers(TableDefinition table);

    /** Makes definitions anew for another place. */
    Definitions at(Placement place);
}
