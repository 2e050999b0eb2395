/** One runner per kind of step. Runners never import one another. */
@NullMarked
package edu.wfu.wfumig.steps;

import org.jspecify.annotations.NullMarked;
