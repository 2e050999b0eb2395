package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Secret;
import edu.wfu.wfumig.plan.Server;
import edu.wfu.wfumig.plan.Ssl;
import org.jspecify.annotations.Nullable;

/** Builds the address of a MySQL or MariaDB server. */
final class MysqlBuilder extends BlockBuilder implements MysqlBlock {
    private @Nullable String host;
    private int port = 3306;

    @Nullable
    String schema;

    private @Nullable String user;
    private @Nullable Secret password;
    private @Nullable Ssl ssl;

    MysqlBuilder(PlanReading reading) {
        super(reading);
    }

    @Override
    public void host(String name) {
        host = name;
    }

    @Override
    public void port(int number) {
        port = PostgresBuilder.port(reading, number);
    }

    @Override
    public void schema(String name) {
        if (name.isEmpty() || name.length() > 64) {
            reading.problem("'" + name + "' cannot name a schema", "1 to 64 characters");
        }
        schema = name;
    }

    @Override
    public void user(String name) {
        user = name;
    }

    @Override
    public void password(Secret secret) {
        password = secret;
    }

    @Override
    public void ssl(Ssl how) {
        ssl = how;
    }

    @Nullable
    Server server() {
        if (host == null) reading.problem("this server has no host", "host '…'");
        if (user == null) reading.problem("this server has no user", "user '…'");
        return host == null || user == null ? null : new Server.Mysql(host, port, user, password, ssl);
    }
}
