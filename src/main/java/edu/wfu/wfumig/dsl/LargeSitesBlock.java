package edu.wfu.wfumig.dsl;

/** {@code largeSites { … }}: sites that get special care. */
public interface LargeSitesBlock extends Block {
    /** Sites named as large: numbers and ranges. */
    void sites(Object... idsAndRanges);

    /** Sites of at least this size are large: {@code largerThan 2.GB}. */
    void largerThan(long bytes);

    /** Large sites run after all others. */
    void deferToEnd();

    /** How many large sites run side by side; 1 when left out. */
    void atOnce(int sites);
}
