package edu.wfu.wfumig.dsl;

/** {@code verify { … }}: what is proved in staging. All of it when the block is left out. */
public interface VerifyBlock extends Block {
    /** Every table has as many rows as were moved. */
    void rowCounts();

    /** Every table contains what was computed while its rows moved. */
    void digests();

    /** Rows that point at rows that are not there. */
    void orphans();
}
