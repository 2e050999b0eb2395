/** Embedded servers for the demo and the tests; their binaries are fetched only when a plan asks. */
@NullMarked
package edu.wfu.wfumig.embedded;

import org.jspecify.annotations.NullMarked;
