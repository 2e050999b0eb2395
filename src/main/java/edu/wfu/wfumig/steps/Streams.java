package edu.wfu.wfumig.steps;

/**
 * What the steps of a run share while rows flow.
 *
 * @param perScope how many tables of a scope are read, or loaded, side by side
 * @param archived whether the dumps outlive the run
 * @param room the memory for chunks
 * @param feeds the dumps that are being written
 * @param proven what of staging needs no proof any more
 * @param goesOn whether a dump that was cut short goes on in the middle of a table, although that is another snapshot
 * @param handsOver whether nobody but the target's server is to read the rows of the source, and nobody wants their digests
 */
record Streams(
        int perScope, boolean archived, Room room, Feeds feeds, Proven proven, boolean goesOn, boolean handsOver) {
    Streams(int perScope, boolean archived, Room room, Feeds feeds, Proven proven) {
        this(perScope, archived, room, feeds, proven, true, false);
    }
}
