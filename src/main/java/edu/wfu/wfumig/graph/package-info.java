/** The compiled plan: scopes, steps and edges, and the pure compiler that makes them. */
@NullMarked
package edu.wfu.wfumig.graph;

import org.jspecify.annotations.NullMarked;
