package edu.wfu.wfumig.database.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What keeps out those who write although somebody else has the target now. */
interface MysqlFence {
    /** Where nobody was asked to take a lock. */
    MysqlFence NONE = new MysqlFence() {
        @Override
        public void admit(Connection writer) {}

        @Override
        public void require(Statement writer) {}

        @Override
        public void requireInBytes(Statement writer, boolean committing) {}
    };

    /** Makes a connection one that a successor finds and ends. */
    void admit(Connection writer) throws SQLException;

    /** Refuses unless the lock is still held; asked through the connection that is about to write. */
    void require(Statement writer) throws SQLException;

    /**
     * The same for a connection that speaks bytes.
     *
     * @param committing whether what was written is about to be committed: then nobody can take the lock before it is
     */
    void requireInBytes(Statement writer, boolean committing) throws SQLException;
}
