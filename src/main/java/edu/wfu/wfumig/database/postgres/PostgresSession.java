package edu.wfu.wfumig.database.postgres;

import static edu.wfu.wfumig.database.postgres.PostgresText.literal;
import static edu.wfu.wfumig.database.postgres.PostgresText.name;

import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.jdbc.JdbcSession;
import edu.wfu.wfumig.inventory.Structure;
import java.sql.Connection;
import java.sql.SQLException;

/** Statements of people on a PostgreSQL server. Names without a schema mean this one alone, never {@code public} behind it. */
final class PostgresSession extends JdbcSession {
    private final Connection connection;
    private final PostgresFence fence;
    private final String schema;

    PostgresSession(Connection connection, PostgresFence fence, String schema) {
        super(connection);
        this.connection = connection;
        this.fence = fence;
        this.schema = schema;
        begin("opening " + schema, "SET search_path = " + name(schema), "SET check_function_bodies = on");
    }

    @Override
    protected void admit(Connection writer) throws SQLException {
        fence.require(writer);
    }

    @Override
    protected void admitCommit(Connection writer) throws SQLException {
        fence.requireCommitting(writer);
    }

    @Override
    protected Refusal failure(String doing, SQLException e) {
        return PostgresFailure.of(doing, e);
    }

    @Override
    public boolean has(String table) {
        return !rows("SELECT 1 WHERE to_regclass(" + literal(name(schema, table)) + ") IS NOT NULL")
                .isEmpty();
    }

    @Override
    public Structure structure(String prefix) {
        return new PostgresStructure(new PostgresQuery(connection, schema), schema, prefix).read();
    }
}
