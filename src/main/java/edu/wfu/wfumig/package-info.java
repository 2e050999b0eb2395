/** Small value types that every package shares: places, problems, sizes. */
@NullMarked
package edu.wfu.wfumig;

import org.jspecify.annotations.NullMarked;
