package edu.wfu.wfumig.plan;

/** How staged rows take the place of the target's. */
public enum Cutover {
    /** Staged tables take the place of the old ones, which are kept. */
    SWAP,
    /** The target's tables stay where they are: emptied and filled in one transaction. */
    TRUNCATE_AND_LOAD
}
