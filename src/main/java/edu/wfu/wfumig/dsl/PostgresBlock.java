package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Secret;

/** {@code postgres { … }}: how a database of a PostgreSQL server is reached. Its schema stands in {@code tables}. */
public interface PostgresBlock extends SslWords {
    void host(String name);

    /** 5432 when left out. */
    void port(int number);

    /** The database that holds the tables. */
    void database(String name);

    void user(String name);

    /** A reference to a secret; a plan never holds a password. */
    void password(Secret secret);
}
