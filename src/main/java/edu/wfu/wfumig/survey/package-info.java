/** Reads an inventory through the database ports. */
@NullMarked
package edu.wfu.wfumig.survey;

import org.jspecify.annotations.NullMarked;
