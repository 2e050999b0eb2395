/** Where values from outside come from: configuration, secrets, folders. */
@NullMarked
package edu.wfu.wfumig.settings;

import org.jspecify.annotations.NullMarked;
