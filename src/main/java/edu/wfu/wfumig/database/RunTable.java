package edu.wfu.wfumig.database;

import java.time.Duration;

/** The table in which a second operator sees from a database what happens to it: a row per run. */
public interface RunTable extends AutoCloseable {
    String TABLE = "wfumig_history";

    /**
     * Makes the table when it is missing, and the run's row; marks the row as resumed when there is one.
     *
     * @param source the environment that is read
     * @param target the environment that is written
     */
    void begin(String run, String source, String target, int scopes, long bytes);

    /**
     * How far a run is.
     *
     * @param finished scopes that are done
     */
    void update(String run, String phase, int finished, int percent);

    /** Writes how far a part of a run is, in the place of what was written of it before; not every product has room for it. */
    default void part(String run, Part part) {}

    /**
     * A phase of a run, or a table in it.
     *
     * @param phase as in {@code tables/export}
     * @param table empty for the phase as a whole
     * @param status as in {@code running}, {@code done}, {@code failed}
     */
    record Part(String phase, String table, String status, int percent, long rows, long bytes, Duration took) {}

    @Override
    void close();
}
