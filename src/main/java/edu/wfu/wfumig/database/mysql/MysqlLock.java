package edu.wfu.wfumig.database.mysql;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.ServerLock;
import java.sql.Connection;
import java.sql.SQLException;

/** {@code GET_LOCK}: freed by the server when the connection ends. Names may have 64 characters. */
final class MysqlLock implements ServerLock {
    private final Connection connection;
    private final String name;

    private MysqlLock(Connection connection, String name) {
        this.connection = connection;
        this.name = name;
    }

    static MysqlLock take(Connection connection, String name) {
        try (var statement = connection.prepareStatement("SELECT GET_LOCK(?, 0), IS_USED_LOCK(?)")) {
            statement.setString(1, name);
            statement.setString(2, name);
            try (var result = statement.executeQuery()) {
                result.next();
                if (result.getInt(1) == 1) return new MysqlLock(connection, name);
                String owner = result.getString(2);
                connection.close();
                throw new Refusal(
                        Refusal.Kind.LOCKED,
                        Problem.of(
                                "another run holds the target (connection " + owner + " of its server)",
                                "one run per target at a time",
                                "nothing was written",
                                "wait for it to end; wfumig status shows runs of this machine"));
            }
        } catch (SQLException e) {
            throw MysqlFailure.of("taking the lock of the target", e);
        }
    }

    @Override
    public boolean held() {
        try (var statement = connection.prepareStatement("SELECT IS_USED_LOCK(?) = CONNECTION_ID()")) {
            statement.setString(1, name);
            try (var result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw MysqlFailure.of("freeing the lock of the target", e);
        }
    }
}
