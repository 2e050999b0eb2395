package edu.wfu.wfumig.database;

import edu.wfu.wfumig.inventory.ForeignKey;
import edu.wfu.wfumig.inventory.NotCarried;
import edu.wfu.wfumig.inventory.ServerFacts;
import edu.wfu.wfumig.inventory.Structure;
import edu.wfu.wfumig.inventory.Table;
import edu.wfu.wfumig.inventory.Trigger;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a server holds; one statement per question, whatever the number of tables. Writes nothing. */
public interface Catalogue extends AutoCloseable {
    ServerFacts facts();

    /** Whether the server takes no writes. */
    boolean readOnly();

    boolean hasSchema(String schema);

    List<Table> tables(String schema);

    List<String> tableNames(String schema);

    /** Which of the named tables are there. A network has 100,000 tables, and a site asks for a dozen. */
    default Set<String> present(String schema, Collection<String> tables) {
        var present = new HashSet<>(tableNames(schema));
        present.retainAll(tables);
        return present;
    }

    List<String> views(String schema);

    List<Trigger> triggers(String schema);

    List<ForeignKey> foreignKeys(String schema);

    /** What stays behind of the tables when they move; empty where definitions say all. */
    default List<NotCarried> notCarried(String schema) {
        return List.of();
    }

    /**
     * What the definitions of tables and views are made of and that stands outside of them, in an order in which it can be
     * made; empty where definitions stand for themselves.
     */
    default List<Needed> needs(String schema, Collection<String> names) {
        return List.of();
    }

    /** Of what is needed elsewhere, what this server has under the same names, as it is here. */
    default List<Needed> standing(List<Needed> needs) {
        return List.of();
    }

    /** Definitions of the named tables, in the order of the names. */
    List<TableDefinition> define(String schema, Collection<String> tables);

    /** Those of the named tables whose rows two servers of this product can hand to each other without making text of them. */
    default Set<String> handedOver(String schema, Collection<String> tables) {
        return Set.of();
    }

    /** CREATE statements of the named views, unqualified, in an order in which they can be created. */
    List<Definition> viewDefinitions(String schema, Collection<String> views);

    /** CREATE statements of the triggers on the named tables, unqualified. */
    List<Definition> triggerDefinitions(String schema, Collection<String> tables);

    /** Holds the server's settings against what a run needs; changes nothing. */
    Findings examine(Needs needs);

    /** What a run needs to know of the server that it reads, to fill in {@link Needs}: its packets and pages. */
    Limits limits();

    /**
     * @param packet the longest value that the server takes or gives, in bytes
     * @param page the size of its pages
     */
    record Limits(long packet, long page) {}

    /**
     * What the tables, views, routines and types are made of whose names begin with a prefix; with an empty one, all. The
     * counters of AUTO_INCREMENT and of sequences play no part, nor do the names of schema, prefix and definers.
     */
    Structure structure(String schema, String prefix);

    /** What the schema says of itself; null when it was never marked. */
    @Nullable
    Mark mark(String schema);

    /** Rows of a statement that reads, as text. */
    List<List<String>> rows(String sql);

    /**
     * What the account lacks to do {@code part} in {@code schema}, each as the GRANT to type; empty when nothing is
     * missing or the server does not say.
     */
    List<String> missingGrants(String schema, Part part);

    /** The parts that an account can play. */
    enum Part {
        READ,
        REPLACE,
        /** Keeps tables that were renamed into it. */
        KEEP
    }

    @Override
    void close();
}
