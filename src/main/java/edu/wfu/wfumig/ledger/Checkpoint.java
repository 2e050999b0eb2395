package edu.wfu.wfumig.ledger;

import edu.wfu.wfumig.RowDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chunk that is safe: in the dump, and for a staged table on the server too. It says all that a resume needs.
 *
 * @param table whose rows it holds
 * @param definition digest of the table's definition, so that a resume sees when that has changed
 * @param begins where in the dump the table's definition begins
 * @param offset where the chunk's frame begins
 * @param length of the frame; 0 when the table is complete and this is no chunk
 * @param raw bytes of the frame when it is opened
 * @param rowsAt where its rows begin among them
 * @param last the key of its last row; null when the table cannot be gone on with in the middle
 * @param complete whether the table has all its rows
 */
public record Checkpoint(
        String table,
        String definition,
        long begins,
        long offset,
        int length,
        int raw,
        int rowsAt,
        RowDigest digest,
        @Nullable List<String> last,
        boolean complete) {

    /** Up to where the dump is safe. */
    public long end() {
        return offset + length;
    }
}
