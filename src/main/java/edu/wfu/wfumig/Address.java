package edu.wfu.wfumig;

/**
 * Where a WordPress site answers: host (with a port where it has one) and path, which begins and ends with a slash.
 * The same two values that {@code wp_blogs} holds.
 */
public record Address(String host, String path) {
    public Address {
        if (!path.startsWith("/")) path = "/" + path;
        if (!path.endsWith("/")) path = path + "/";
    }

    /** Parses {@code http://host:port/path}; the scheme may be missing. */
    public static Address ofUrl(String url) {
        int scheme = url.indexOf("://");
        String rest = scheme >= 0 ? url.substring(scheme + 3) : url;
        int slash = rest.indexOf('/');
        return slash < 0 ? new Address(rest, "/") : new Address(rest.substring(0, slash), rest.substring(slash));
    }

    /** Host and path without the closing slash: {@code dev.wfu.test/law}. */
    public String bare() {
        return host + path.substring(0, path.length() - 1);
    }

    @Override
    public String toString() {
        return host + path;
    }
}
