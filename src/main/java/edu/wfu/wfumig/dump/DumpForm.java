package edu.wfu.wfumig.dump;

import edu.wfu.wfumig.dump.Manifest.ColumnPart;
import edu.wfu.wfumig.dump.Manifest.Definition;
import edu.wfu.wfumig.dump.Manifest.TablePart;
import java.util.List;

/** How the dump of a product reads, so that its own client restores it: the rows and what stands around them. */
public interface DumpForm {
    /**
     * @param server product and version that a dump was made from, as in {@code MariaDB 11.4.5}
     */
    static DumpForm of(String server) {
        if (server.startsWith("PostgreSQL")) return new PostgresForm();
        return new MysqlForm(server.startsWith("MariaDB"));
    }

    RowFormat rows(List<ColumnPart> columns);

    /** What the dump begins with. */
    String preamble(String scope, String schema, String server);

    /** Makes what tables are made of, where it is not there yet; empty when there is nothing to make. */
    String needs(List<String> creates);

    /** Makes an empty table, in the place of one of that name. */
    String table(TablePart table);

    /** What stands in front of the rows of a chunk. */
    String head(TablePart table);

    /** Ends a chunk behind its last row. */
    void end(RowBuffer chunk);

    /** Whether a statement that completes a table must wait until the other tables are complete. */
    boolean waits(String statement);

    /** Whether a statement that completes a table may run beside others of its kind, also of the same table. */
    boolean besides(String statement);

    /** What the dump ends with: all that must not be there while rows come in. */
    String end(List<TablePart> tables, List<Definition> views, List<Definition> triggers);
}
