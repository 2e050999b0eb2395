/** PostgreSQL behind the database ports. */
@NullMarked
package edu.wfu.wfumig.database.postgres;

import org.jspecify.annotations.NullMarked;
