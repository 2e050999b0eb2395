package edu.wfu.wfumig.dsl;

/** {@code cutover { … }}: how staged rows take the place of the target's. A swap when the block is left out. */
public interface CutoverBlock extends Block {
    /** Staged tables take the place of the old ones, which are kept. */
    void swap();

    /** The target's tables stay where they are: emptied and filled in one transaction. PostgreSQL only. */
    void truncateAndLoad();
}
