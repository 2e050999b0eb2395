package edu.wfu.wfumig;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a scope: {@code site-43} or {@code network}. */
public record ScopeId(@JsonValue String text) implements Comparable<ScopeId> {
    public static final ScopeId NETWORK = new ScopeId("network");

    @JsonCreator
    public ScopeId {}

    public static ScopeId ofSite(long id) {
        return new ScopeId("site-" + id);
    }

    /** The site's number, or -1 for the network. */
    public long site() {
        return text.startsWith("site-") ? Long.parseLong(text.substring(5)) : -1;
    }

    @Override
    public int compareTo(ScopeId other) {
        return Long.compare(site(), other.site());
    }

    @Override
    public String toString() {
        return text;
    }
}
