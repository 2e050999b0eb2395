package edu.wfu.wfumig.database;

import edu.wfu.wfumig.RowDigest;
import edu.wfu.wfumig.inventory.Column;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the server what a table contains, to hold it against what it should contain. */
public interface Proof extends AutoCloseable {
    long count(String table);

    default RowDigest digest(String table, List<Column> columns) {
        return digest(table, columns, null, null);
    }

    /**
     * The digest of a key range.
     *
     * @param behind where it begins; null for the table's beginning
     * @param upTo its last row; null for the table's end
     */
    RowDigest digest(String table, List<Column> columns, @Nullable Cursor behind, @Nullable Cursor upTo);

    /** Whether a table holds so many rows, and all of them from one transaction: then nobody has written it since. */
    default boolean untouched(String table, String transaction, long rows) {
        throw new IllegalStateException("rows of this product do not tell by whom they came");
    }

    /** How many rows of {@code child} point through {@code column} at no row of {@code parent}; 0 and NULL point nowhere. */
    long orphans(String child, String column, String parent, String key);

    /** Foreign keys of these tables that do not hold, and sequences that would give a number again, each in a few words. */
    List<String> brokenKeys(Collection<String> tables);

    @Override
    void close();
}
