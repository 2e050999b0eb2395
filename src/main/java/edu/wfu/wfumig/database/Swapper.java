package edu.wfu.wfumig.database;

import edu.wfu.wfumig.database.SchemaEditor.Move;
import java.util.List;
import java.util.function.Predicate;

/**
 * Lets tables change places, with all that hangs on them, and takes that back. Each method looks at what is there before it
 * acts and can be repeated from any point.
 */
public interface Swapper extends AutoCloseable {
    /**
     * What comes with the tables and stands outside of them.
     *
     * @param views definitions of the new ones, in an order in which they can be made
     * @param triggers likewise
     * @param replaced views over the tables that the target may have under the same names
     * @param reserved whether a name is one that wfumig gives: such tables go on referring to what they refer to
     */
    record Company(
            List<Definition> views, List<Definition> triggers, List<String> replaced, Predicate<String> reserved) {}

    /** Says what will be done, in full, or refuses because something is in its way. Changes nothing. */
    Exchange plan(List<Move> out, List<Move> in, Company company);

    /** Moves all tables or none. What it takes away before is there again after {@link #back}. */
    void move(Exchange exchange);

    /** Does what comes behind the move. */
    void complete(Exchange exchange);

    /**
     * Takes it back.
     *
     * @param moved whether the tables have changed places
     */
    void back(Exchange exchange, boolean moved);

    /** The same exchange, for a way back to kept tables that were dropped and made anew. */
    Exchange remade(Exchange exchange);

    /** What is not there or cannot be read after a swap, each in a few words. */
    List<String> missing(Exchange exchange);

    @Override
    void close();
}
