package edu.wfu.wfumig.database.mysql;

import static edu.wfu.wfumig.database.mysql.MysqlText.name;

import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Catalogue;
import edu.wfu.wfumig.database.jdbc.JdbcSession;
import edu.wfu.wfumig.inventory.Structure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;

/** Statements of people on a MySQL or MariaDB server. */
final class MysqlSession extends JdbcSession {
    /**
     * What does not fit is an error, keys are checked. Zero dates are taken, and a table may be empty of what it groups by, as
     * WordPress sets it for its plugins. Source: wpdb::set_sql_mode and wpdb::$incompatible_modes of WordPress.
     */
    private static final String SETTINGS = "SET SESSION sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION',"
            + " foreign_key_checks = 1, unique_checks = 1";

    private final MysqlFence fence;
    private final String schema;
    private final Supplier<Catalogue> catalogue;

    MysqlSession(Connection connection, MysqlFence fence, String schema, Supplier<Catalogue> catalogue) {
        super(connection);
        this.fence = fence;
        this.schema = schema;
        this.catalogue = catalogue;
        begin("opening " + schema, SETTINGS, "USE " + name(schema));
    }

    @Override
    protected void admit(Connection writer) throws SQLException {
        try (var question = writer.createStatement()) {
            fence.require(question);
        }
    }

    @Override
    protected Refusal failure(String doing, SQLException e) {
        return MysqlFailure.of(doing, e);
    }

    @Override
    public boolean has(String table) {
        return !rows(
                        "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?",
                        table)
                .isEmpty();
    }

    /** Definitions are committed as they are made: every connection sees the same. */
    @Override
    public Structure structure(String prefix) {
        try (var opened = catalogue.get()) {
            return opened.structure(schema, prefix);
        }
    }
}
