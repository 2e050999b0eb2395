/** What the ports of all products have in common over JDBC. */
@NullMarked
package edu.wfu.wfumig.database.jdbc;

import org.jspecify.annotations.NullMarked;
