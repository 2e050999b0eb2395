package edu.wfu.wfumig.dsl;

/** {@code largeSites { … }}: sites that get special care. */
public interface LargeSitesBlock extends Block {
    /** Sites named as large: numbers and ranges. */
    void sites(Object... idsAndRanges);

    /** Sites of at least this size are large: {@code largerThan 2.GB}. */
    void largerThan(long bytes);

    /** Sites of more rows are large: {@code moreRowsThan 5_000_000}. */
    void moreRowsThan(long rows);

    /** How many times longer than others a large site may take: {@code timeout 3.times}. */
    void timeout(double times);

    /** Large sites run after all others. */
    void deferToEnd();

    /** How many large sites run side by side; 1 when left out. */
    void atOnce(int sites);
}
