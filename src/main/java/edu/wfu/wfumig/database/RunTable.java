package edu.wfu.wfumig.database;

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

    @Override
    void close();
}
