package edu.wfu.wfumig.database;

import java.util.Collection;
import java.util.List;

/** Changes definitions. Every method is safe to repeat. */
public interface SchemaEditor extends AutoCloseable {
    void createSchema(String schema);

    /** Drops the schema if it is there and holds nothing. */
    void dropEmptySchema(String schema);

    /** Runs a CREATE TABLE statement in {@code schema}. */
    void createTable(String schema, String create);

    void dropTables(String schema, Collection<String> tables);

    /** Runs a statement that completes a table. */
    void complete(String statement);

    /** Takes away the rows behind a place of a table. */
    void deleteBehind(String schema, String table, Cursor cursor);

    /** Moves all tables in one statement: all of them or none. */
    void rename(List<Move> moves);

    /** Runs a CREATE statement of a view or trigger in {@code schema}, after dropping one of that name. */
    void create(String schema, Kind kind, Definition definition);

    void drop(String schema, Kind kind, String name);

    /** Writes into a schema which environment it is, in the place of what stood there; the server says when. */
    void mark(Mark mark);

    /** Runs a statement that changes rows; returns how many. */
    long update(String sql, List<String> values);

    /** The tables of a schema that are wfumig's. */
    Register register(String schema);

    record TableName(String schema, String table) {
        @Override
        public String toString() {
            return schema + "." + table;
        }
    }

    record Move(TableName from, TableName to) {
        public Move back() {
            return new Move(to, from);
        }
    }

    enum Kind {
        VIEW,
        TRIGGER
    }

    @Override
    void close();
}
