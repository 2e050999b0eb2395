/** The append-only record of a run, and the state folded from it. */
@NullMarked
package edu.wfu.wfumig.ledger;

import org.jspecify.annotations.NullMarked;
