/** The commands, the exit codes, and Wiring: the only place where everything meets. */
@NullMarked
package edu.wfu.wfumig.cli;

import org.jspecify.annotations.NullMarked;
