/** Where values from outside come from: secrets, folders. */
@NullMarked
package edu.wfu.wfumig.settings;

import org.jspecify.annotations.NullMarked;
