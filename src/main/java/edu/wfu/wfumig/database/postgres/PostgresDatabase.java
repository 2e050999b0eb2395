package edu.wfu.wfumig.database.postgres;

import edu.wfu.wfumig.database.BulkLoader;
import edu.wfu.wfumig.database.Catalogue;
import edu.wfu.wfumig.database.Claim;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.Dialect;
import edu.wfu.wfumig.database.Intake;
import edu.wfu.wfumig.database.LoadGauge;
import edu.wfu.wfumig.database.Proof;
import edu.wfu.wfumig.database.RunTable;
import edu.wfu.wfumig.database.SchemaEditor;
import edu.wfu.wfumig.database.ServerLock;
import edu.wfu.wfumig.database.Snapshot;
import edu.wfu.wfumig.database.SqlSession;
import edu.wfu.wfumig.database.Swapper;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A database of a PostgreSQL server. What the ports call a schema is a schema of that database. */
public final class PostgresDatabase implements Database {
    private final PostgresAddress address;
    private final String password;
    private final PostgresConnections connections;
    private final boolean refills;

    /** Stands from the first lock that is taken: when that was given up, nothing is written any more but under another. */
    private volatile PostgresFence fence = PostgresFence.NONE;

    public PostgresDatabase(PostgresAddress address, String password) {
        this(address, password, false);
    }

    /**
     * @param refills whether tables that change places stay where they are and get other rows
     */
    public PostgresDatabase(PostgresAddress address, String password, boolean refills) {
        this.address = address;
        this.password = password;
        this.refills = refills;
        connections = new PostgresConnections(address, password);
    }

    @Override
    public Dialect dialect() {
        return new PostgresDialect();
    }

    @Override
    public Catalogue catalogue() {
        return new PostgresCatalogue(connections.open(), address);
    }

    @Override
    public Snapshot snapshot(String schema, List<String> tables, int readers) {
        return PostgresSnapshot.of(schema, readers, connections::open);
    }

    @Override
    public BulkLoader loader(String schema) {
        return new PostgresLoader(admitted(connections.open()), schema, fence);
    }

    @Override
    public Proof proof(String schema) {
        return new PostgresProof(connections.open(), schema);
    }

    @Override
    public SchemaEditor editor() {
        return new PostgresEditor(admitted(connections.open()), fence);
    }

    @Override
    public Swapper swapper() {
        var connection = admitted(connections.open());
        return refills
                ? new PostgresRefiller(connection, fence, PostgresAttempts.USUAL)
                : new PostgresSwapper(connection, fence, PostgresAttempts.USUAL);
    }

    @Override
    public SqlSession session(String schema) {
        return new PostgresSession(admitted(connections.open()), fence, schema);
    }

    @Override
    public RunTable runs(String schema) {
        return new PostgresRunTable(admitted(connections.open()), schema);
    }

    @Override
    public ServerLock lock(Claim claim) {
        var lock = PostgresLock.take(connections.open(), claim);
        fence = lock;
        return lock;
    }

    @Override
    public Intake intake(String schema) {
        return new PostgresIntake(
                connections::open,
                database -> new PostgresConnections(address.with(database), password).open(),
                schema,
                fence);
    }

    @Override
    public LoadGauge gauge(boolean lag) {
        return new PostgresGauge(connections::open, connections::own, address.place(), lag);
    }

    @Override
    public void release(Thread thread) {
        connections.release(thread);
    }

    /** A connection that a successor of this run finds and ends. */
    private Connection admitted(Connection writer) {
        try {
            fence.admit(writer);
            return writer;
        } catch (SQLException e) {
            throw PostgresFailure.of("opening a connection that writes", e);
        }
    }
}
