package edu.wfu.wfumig.database.mysql;

import edu.wfu.wfumig.database.Definitions;
import edu.wfu.wfumig.database.Dialect;
import edu.wfu.wfumig.database.Placement;
import edu.wfu.wfumig.database.TableDefinition;
import java.util.regex.Pattern;

/** How MySQL and MariaDB write. */
final class MysqlDialect implements Dialect {
    /** Engines whose tables a snapshot covers; what a comment says of engines stands behind a quote. */
    private static final Pattern COVERED = Pattern.compile("\n\\)[^\n']* ENGINE=(?:InnoDB|RocksDB)\\b");

    @Override
    public String name(String name) {
        return MysqlText.name(name);
    }

    @Override
    public boolean covers(TableDefinition table) {
        return COVERED.matcher(table.create()).find();
    }

    @Override
    public Definitions at(Placement place) {
        return new MysqlDefinitions(place);
    }
}
