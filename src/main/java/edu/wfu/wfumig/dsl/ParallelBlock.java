package edu.wfu.wfumig.dsl;

/** {@code parallel { … }}: how much runs side by side. */
public interface ParallelBlock extends Block {
    /** Sites that move at the same time; 2 when left out. */
    void sites(int count);
}
