package edu.wfu.wfumig.database.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** What keeps out those who write although somebody else has the target now. */
interface PostgresFence {
    /** Where nobody was asked to take a lock. */
    PostgresFence NONE = new PostgresFence() {
        @Override
        public void admit(Connection writer) {}

        @Override
        public void require(Connection writer) {}

        @Override
        public void requireCommitting(Connection writer) {}
    };

    /** Makes a connection one that a successor finds and ends. */
    void admit(Connection writer) throws SQLException;

    /** Refuses unless the lock is still held; asked through the connection that is about to write. */
    void require(Connection writer) throws SQLException;

    /** The same inside a transaction that is about to be committed: nobody can take the lock before it is. */
    void requireCommitting(Connection writer) throws SQLException;
}
