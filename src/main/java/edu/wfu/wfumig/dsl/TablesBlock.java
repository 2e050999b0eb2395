package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Tables.Different;
import edu.wfu.wfumig.plan.Tables.Missing;

/**
 * {@code tables { … }}: which tables of a moving site move; in a plan without sites, which tables of the schema. Globs match full
 * names: {@code '*_sessions'}.
 */
public interface TablesBlock extends Block {
    /** The PostgreSQL schema, on both sides; {@code public} when left out. */
    void schema(String name);

    void include(String... globs);

    void exclude(String... globs);

    /** Tables that arrive empty. */
    void structureOnly(String... globs);

    /** Only rows for which the SQL condition is true: {@code where '*_posts', "post_status <> 'auto-draft'"}. */
    void where(String glob, String condition);

    /** What is done about a table that the target lacks, in a plan without sites: {@code missing create()}, or refuse(). */
    void missing(MissingChoice choice);

    /**
     * What is done about a table that has other columns on the target, in a plan without sites: {@code different refuse()},
     * replace() or commonColumns().
     */
    void different(DifferentChoice choice);

    /** What {@code missing} takes. */
    interface MissingChoice {
        Missing missing();
    }

    /** What {@code different} takes. */
    interface DifferentChoice {
        Different different();
    }

    /** Both take it. */
    record Refusing() implements MissingChoice, DifferentChoice {
        @Override
        public Missing missing() {
            return Missing.REFUSE;
        }

        @Override
        public Different different() {
            return Different.REFUSE;
        }
    }

    /** The run does not begin. */
    default Refusing refuse() {
        return new Refusing();
    }

    /** The table is made as it is on the source. */
    default MissingChoice create() {
        return () -> Missing.CREATE;
    }

    /** The table comes out as it is on the source. */
    default DifferentChoice replace() {
        return () -> Different.REPLACE;
    }

    /** The table stays as it is on the target; what the source has of its columns is copied. */
    default DifferentChoice commonColumns() {
        return () -> Different.COMMON_COLUMNS;
    }
}
