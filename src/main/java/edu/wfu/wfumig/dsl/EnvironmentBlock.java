package edu.wfu.wfumig.dsl;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;

/** {@code environment('uat') { … }}: a database with a name. */
public interface EnvironmentBlock extends Block {
    /** A MySQL or MariaDB server. */
    void mysql(@DelegatesTo(value = MysqlBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body);

    /** A database of a PostgreSQL server. */
    void postgres(@DelegatesTo(value = PostgresBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body);

    /** An embedded MariaDB or PostgreSQL that wfumig starts and stops itself: for trying and for tests. */
    void embedded(@DelegatesTo(value = EmbeddedBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body);

    /** Only somebody who types the environment's name changes it. */
    void protect(@DelegatesTo(value = ProtectBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body);

    /** What table names begin with; {@code wp_} when left out. */
    void tablePrefix(String prefix);

    /** The address of the main site, with its scheme: {@code http://dev.wfu.test}. */
    void url(String url);
}
