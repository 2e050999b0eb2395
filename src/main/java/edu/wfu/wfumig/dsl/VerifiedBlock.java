package edu.wfu.wfumig.dsl;

/** {@code verified { … }}: whose certificates are trusted. */
public interface VerifiedBlock extends Block {
    /** A PEM file with the certificates that are trusted, relative to the plan file. */
    void rootCertificate(String file);
}
