/** Runs a graph: order, lanes, failures. Knows steps as data and runners as a contract; never a database. */
@NullMarked
package edu.wfu.wfumig.executor;

import org.jspecify.annotations.NullMarked;
