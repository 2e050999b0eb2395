/** The archive as a directory. */
@NullMarked
package edu.wfu.wfumig.archive.disk;

import org.jspecify.annotations.NullMarked;
