/** The plan language: from a .groovy file to a Plan, typed and caged. */
@NullMarked
package edu.wfu.wfumig.dsl;

import org.jspecify.annotations.NullMarked;
