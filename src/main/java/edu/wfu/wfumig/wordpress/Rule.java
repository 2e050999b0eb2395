package edu.wfu.wfumig.wordpress;

/**
 * One text to find and what takes its place: a host ({@code dev.wfu.test}), a host with a path, or a URL with a
 * scheme, without a closing slash. Case-sensitive.
 */
public record Rule(String find, String with) {
    @Override
    public String toString() {
        return find + " -> " + with;
    }
}
