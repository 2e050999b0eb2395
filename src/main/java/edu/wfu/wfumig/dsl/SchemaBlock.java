package edu.wfu.wfumig.dsl;

/** {@code schema { … }}: versioned SQL that is applied to the target. */
public interface SchemaBlock extends Block {
    /** Folders of migrations, each with its version.json; relative to the plan file. */
    void migrations(String... folders);

    /** They are applied before anything moves. */
    void before();

    /** They are applied to what came, when all of it is there. */
    void after();

    /** Once per database; left out, once for each site that moves, with its own {@code {prefix}}. */
    void once();
}
