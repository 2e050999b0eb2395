package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Server;
import org.jspecify.annotations.Nullable;

/** Builds a place on an embedded server: MariaDB, unless a version of PostgreSQL is named. */
final class EmbeddedBuilder extends BlockBuilder implements EmbeddedBlock {
    private final String environment;

    @Nullable
    String schema;

    private @Nullable Integer major;
    private @Nullable String database;
    private @Nullable String load;

    EmbeddedBuilder(PlanReading reading, String environment) {
        super(reading);
        this.environment = environment;
    }

    @Override
    public void schema(String name) {
        schema = name;
    }

    @Override
    public void postgres(int number) {
        if (number < 13 || number > 18) reading.problem("PostgreSQL " + number, "a major version from 13 to 18");
        major = number;
    }

    @Override
    public void database(String name) {
        database = PostgresBuilder.name(reading, "database", name);
    }

    @Override
    public void load(String file) {
        load = file;
    }

    @Nullable
    Server server() {
        if (major == null) {
            if (database != null) {
                reading.problem(
                        "environment '" + environment + "' names a database on the embedded MariaDB",
                        "schema 'name'; or postgres 17, to name another server");
                return null;
            }
            return new Server.Embedded(load);
        }
        if (schema != null) {
            reading.problem(
                    "environment '" + environment + "' names a schema on the embedded PostgreSQL",
                    "database 'name'; the schema stands in the tables block");
        }
        if (database == null) {
            reading.problem("environment '" + environment + "' names no database", "database 'name'");
            return null;
        }
        return new Server.EmbeddedPostgres(major, database, load);
    }
}
