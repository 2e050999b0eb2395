package edu.wfu.wfumig.database.mysql;

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

/** A MySQL or MariaDB server. */
public final class MysqlDatabase implements Database {
    /** Stands from the first lock that is taken: when that was given up, nothing is written any more but under another. */
    private volatile MysqlFence fence = MysqlFence.NONE;

    private final MysqlReferences references = new MysqlReferences();

    private final MysqlAddress address;
    private final MysqlConnections connections;

    public MysqlDatabase(MysqlAddress address, String password) {
        this.address = address;
        connections = new MysqlConnections(address, password);
    }

    @Override
    public Dialect dialect() {
        return new MysqlDialect();
    }

    @Override
    public Catalogue catalogue() {
        return ownCatalogue();
    }

    private MysqlCatalogue ownCatalogue() {
        return new MysqlCatalogue(connections.text(), address.place(), address.user());
    }

    @Override
    public Snapshot snapshot(String schema, List<String> tables, int readers) {
        return MysqlSnapshot.of(schema, tables, readers, connections::text, () -> connections.bytes(schema, false));
    }

    @Override
    public BulkLoader loader(String schema) {
        return new MysqlLoader(admitted(connections.bytes(schema, true)), fence);
    }

    @Override
    public SchemaEditor editor() {
        return new MysqlEditor(admitted(connections.text()), fence);
    }

    @Override
    public Swapper swapper() {
        return new MysqlSwapper(ownCatalogue(), editor(), references);
    }

    @Override
    public SqlSession session(String schema) {
        return new MysqlSession(admitted(connections.text()), fence, schema, this::catalogue);
    }

    @Override
    public RunTable runs(String schema) {
        return new MysqlRunTable(this::editor, schema);
    }

    @Override
    public Proof proof(String schema) {
        return new MysqlProof(connections.bytes(schema, false));
    }

    @Override
    public ServerLock lock(Claim claim) {
        var lock = MysqlLock.take(connections.text(), claim);
        fence = lock;
        return lock;
    }

    @Override
    public LoadGauge gauge(boolean lag) {
        return new MysqlGauge(connections::text, connections::working, address.place(), address.user(), lag);
    }

    @Override
    public Intake intake(String schema) {
        return new MysqlIntake(
                connections::text,
                () -> connections.bytes(null, false),
                this::catalogue,
                address.user(),
                schema,
                fence);
    }

    private Connection admitted(Connection writer) {
        try {
            fence.admit(writer);
            return writer;
        } catch (SQLException e) {
            throw MysqlFailure.of("opening a connection that writes", e);
        }
    }

    @Override
    public void release(Thread thread) {
        connections.release(thread);
    }
}
