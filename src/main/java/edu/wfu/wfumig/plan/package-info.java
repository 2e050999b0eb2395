/** What the author asked for, as immutable records. A plan is made once, by the plan language, and never changes. */
@NullMarked
package edu.wfu.wfumig.plan;

import org.jspecify.annotations.NullMarked;
