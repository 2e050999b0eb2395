/** The ports of the database package for MySQL and MariaDB. */
@NullMarked
package edu.wfu.wfumig.database.mysql;

import org.jspecify.annotations.NullMarked;
