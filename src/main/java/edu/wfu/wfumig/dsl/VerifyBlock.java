package edu.wfu.wfumig.dsl;

/** {@code verify { … }}: what is proved in staging. When the block is left out: of sites all but foreign keys, of tables all but orphans. */
public interface VerifyBlock extends Block {
    /** Every table has as many rows as were moved. */
    void rowCounts();

    /** Every table contains what was computed while its rows moved. */
    void digests();

    /** Rows of WordPress that point at rows that are not there are counted. */
    void orphans();

    /** Every foreign key holds. */
    void foreignKeys();
}
