package edu.wfu.wfumig.schema;

import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.SqlSession;
import edu.wfu.wfumig.inventory.Structure;

/**
 * An application's part of a schema, open for migrations: the connection that runs its statements, and its history.
 *
 * @param by who does it, and with which version of wfumig
 */
public record Installation(Database database, Part part, SqlSession session, String by) implements AutoCloseable {
    public static Installation open(Database database, Part part, String by) {
        return new Installation(database, part, database.session(part.schema()), by);
    }

    /** The same with another connection. */
    Installation again() {
        return open(database, part, by);
    }

    History history() {
        return new History(session, part);
    }

    /** What the part holds now. */
    Structure structure() {
        try (var catalogue = database.catalogue()) {
            return catalogue.structure(part.schema(), part.prefix());
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
