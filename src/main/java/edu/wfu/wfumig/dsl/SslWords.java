package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Ssl;
import groovy.lang.Closure;
import groovy.lang.DelegatesTo;

/**
 * Words of every block that says how a server is reached: whether the connection is encrypted. Without them another host is
 * verified, and nothing is encrypted on this machine.
 */
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

    /** Encrypted, and the server shows a certificate for its host that is trusted by what the block says. */
    Ssl verified(@DelegatesTo(value = VerifiedBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body);
}
