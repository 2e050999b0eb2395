package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Server;
import org.jspecify.annotations.Nullable;

/** Builds the address of a MySQL or MariaDB server. */
final class MysqlBuilder extends AddressBuilder implements MysqlBlock {
    static final int PORT = 3306;

    @Nullable
    String schema;

    /** @param path where its settings are, as in {@code env.uat} */
    MysqlBuilder(PlanReading reading, String path) {
        super(reading, path);
    }

    @Override
    public void schema(String name) {
        if (name.isEmpty() || name.length() > 64) {
            reading.problem("'" + name + "' cannot name a schema", "1 to 64 characters");
        }
        schema = name;
    }

    @Override
    boolean configure() {
        take("schema", schema, this::schema);
        return super.configure() || schema != null;
    }

    @Nullable
    Server server() {
        if (!complete() || host == null || user == null) return null;
        return new Server.Mysql(host, portOr(PORT), user, password, ssl(host));
    }
}
