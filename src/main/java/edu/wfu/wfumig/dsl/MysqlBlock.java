package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Secret;

/** {@code mysql { … }}: how a MySQL or MariaDB server is reached. */
public interface MysqlBlock extends SslWords {
    void host(String name);

    /** 3306 when left out. */
    void port(int number);

    /** The schema (database) that holds the tables. */
    void schema(String name);

    void user(String name);

    /** A reference to a secret; a plan never holds a password. */
    void password(Secret secret);
}
