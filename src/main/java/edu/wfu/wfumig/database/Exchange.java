package edu.wfu.wfumig.database;

import edu.wfu.wfumig.database.SchemaEditor.Move;
import java.util.List;
import java.util.Map;

/**
 * Tables that change places, and all that must be known to do it and to take it back.
 *
 * @param out live to kept
 * @param in landed to live
 * @param remembered what the {@link Swapper} knows beside, as plain data
 */
public record Exchange(List<Move> out, List<Move> in, Map<String, Object> remembered) {
    /** The schema that people see. */
    public String live() {
        return in.get(0).to().schema();
    }
}
