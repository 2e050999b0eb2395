package edu.wfu.wfumig.dsl;

/** {@code tables { … }}: which tables of a moving site move. Globs match full names: {@code '*_sessions'}. */
public interface TablesBlock extends Block {
    void include(String... globs);

    void exclude(String... globs);

    /** Tables that arrive empty. */
    void structureOnly(String... globs);

    /** Only rows for which the SQL condition is true: {@code where '*_posts', "post_status <> 'auto-draft'"}. */
    void where(String glob, String condition);
}
