/** Knowledge about WordPress, pure: which table belongs to which site, addresses, PHP serialization, the rewrite. */
@NullMarked
package edu.wfu.wfumig.wordpress;

import org.jspecify.annotations.NullMarked;
