package edu.wfu.wfumig.database.postgres;

import edu.wfu.wfumig.database.Definitions;
import edu.wfu.wfumig.database.Placement;
import java.util.List;

/**
 * A definition names what stands in its own schema without that schema. So nothing in it is changed for another place: it is run
 * where such names mean what is made there, and else what the live schema has, such as the types of columns and the tables that
 * do not move.
 */
record PostgresDefinitions(Placement place) implements Definitions {
    @Override
    public String table(String name, String create) {
        return here(create);
    }

    @Override
    public List<String> after(String name, List<String> after) {
        return after.stream().map(this::here).toList();
    }

    @Override
    public String adapt(String sql) {
        return sql;
    }

    private String here(String sql) {
        return PostgresText.path(place.schema(), place.others()) + ";\n" + sql;
    }
}
