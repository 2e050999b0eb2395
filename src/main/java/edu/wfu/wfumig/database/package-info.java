/** Ports to a database server: catalogue, snapshot reader, bulk loader, proof, swap, server lock. */
@NullMarked
package edu.wfu.wfumig.database;

import org.jspecify.annotations.NullMarked;
