package edu.wfu.wfumig.database.postgres;

import edu.wfu.wfumig.database.Definitions;
import edu.wfu.wfumig.database.Dialect;
import edu.wfu.wfumig.database.Placement;
import edu.wfu.wfumig.database.TableDefinition;

/** How PostgreSQL writes. */
final class PostgresDialect implements Dialect {
    @Override
    public String name(String name) {
        return PostgresText.name(name);
    }

    @Override
    public boolean covers(TableDefinition table) {
        return true;
    }

    @Override
    public Definitions at(Placement place) {
        return new PostgresDefinitions(place);
    }
}
