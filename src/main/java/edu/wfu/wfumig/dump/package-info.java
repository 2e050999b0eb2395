/** The dump file: independently compressed frames, one per chunk, and the manifest that describes them. */
@NullMarked
package edu.wfu.wfumig.dump;

import org.jspecify.annotations.NullMarked;
