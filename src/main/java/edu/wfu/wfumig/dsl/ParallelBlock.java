package edu.wfu.wfumig.dsl;

/** {@code parallel { … }}: how much runs side by side. */
public interface ParallelBlock extends Block {
    /** Sites that move at the same time; 2 when left out. */
    void sites(int count);

    /** Tables of one site that are read, and that are loaded, at the same time; 2 when left out. */
    void chunks(int count);
}
