/** Where finished runs are kept: a port of few methods. */
@NullMarked
package edu.wfu.wfumig.archive;

import org.jspecify.annotations.NullMarked;
