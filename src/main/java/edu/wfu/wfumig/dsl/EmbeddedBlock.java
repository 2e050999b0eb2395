package edu.wfu.wfumig.dsl;

/** {@code embedded { … }}: a schema on an embedded MariaDB. */
public interface EmbeddedBlock extends Block {
    void schema(String name);

    /** An SQL file, may be gzipped, that fills the schema before each run; relative to the plan file. */
    void load(String file);
}
