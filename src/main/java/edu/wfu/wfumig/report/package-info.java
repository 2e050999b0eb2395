/** What people and scripts read: preview, progress, run report. */
@NullMarked
package edu.wfu.wfumig.report;

import org.jspecify.annotations.NullMarked;
