/** Versioned SQL migrations of a plugin or an application. */
@NullMarked
package edu.wfu.wfumig.schema;

import org.jspecify.annotations.NullMarked;
