/** What a database holds right now: sites, tables, columns, keys, sizes, domains. */
@NullMarked
package edu.wfu.wfumig.inventory;

import org.jspecify.annotations.NullMarked;
