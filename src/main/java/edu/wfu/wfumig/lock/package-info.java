/** One run per target at a time. */
@NullMarked
package edu.wfu.wfumig.lock;

import org.jspecify.annotations.NullMarked;
