package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Ssl;

/** Words of every block that says how a server is reached: whether the connection is encrypted. */
public interface SslWords extends Block {
    /** {@code ssl required()}, {@code ssl disabled()} or {@code ssl verified()}. */
    void ssl(Ssl how);

    /** Encrypted, whoever the server is. */
    default Ssl required() {
        return Ssl.REQUIRED;
    }

    /** Not encrypted. */
    default Ssl disabled() {
        return Ssl.DISABLED;
    }

    /** Encrypted, and the server shows a certificate for its host that Java trusts. */
    default Ssl verified() {
        return Ssl.VERIFIED;
    }
}
