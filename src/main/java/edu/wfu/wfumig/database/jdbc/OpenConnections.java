package edu.wfu.wfumig.database.jdbc;

import edu.wfu.wfumig.HelpingThread;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Which thread has which connections to one server open. */
public final class OpenConnections {
    private record Opened(Thread by, Connection connection) {}

    private final List<Opened> all = new ArrayList<>();

    /** This thread has one more open. */
    public synchronized void add(Connection connection) {
        all.removeIf(opened -> isClosed(opened.connection()));
        all.add(new Opened(Thread.currentThread(), connection));
    }

    public List<Connection> all() {
        return those(thread -> true);
    }

    /** Those of a thread, and of the threads that work for it. */
    public List<Connection> of(Thread thread) {
        return those(other -> HelpingThread.worksFor(other, thread));
    }

    private synchronized List<Connection> those(Predicate<Thread> by) {
        return all.stream()
                .filter(opened -> by.test(opened.by()) && !isClosed(opened.connection()))
                .map(Opened::connection)
                .toList();
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }
}
