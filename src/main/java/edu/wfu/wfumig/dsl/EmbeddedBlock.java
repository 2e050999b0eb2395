package edu.wfu.wfumig.dsl;

/** {@code embedded { … }}: a schema on an embedded MariaDB, or a database on an embedded PostgreSQL. */
public interface EmbeddedBlock extends Block {
    /** The schema on the embedded MariaDB. */
    void schema(String name);

    /** An embedded PostgreSQL of this major version instead: {@code postgres 17}. Each version is a server of its own. */
    void postgres(int major);

    /** The database on the embedded PostgreSQL. */
    void database(String name);

    /** An SQL file, may be gzipped, that fills schema or database before each run; relative to the plan file. */
    void load(String file);
}
