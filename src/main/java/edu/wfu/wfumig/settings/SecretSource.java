package edu.wfu.wfumig.settings;

import java.util.Optional;

/** A place in which secrets may be. */
public interface SecretSource {
    /** The value of a secret; empty when it is not here. */
    Optional<String> find(String name);

    /** Where a secret of that name would be here, for people. */
    String place(String name);
}
