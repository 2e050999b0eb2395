package edu.wfu.wfumig;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a scope: {@code site-43}, {@code network}, or {@code tables} in a plan without sites. */
public record ScopeId(@JsonValue String text) implements Comparable<ScopeId> {
    public static final ScopeId NETWORK = new ScopeId("network");

    public static final ScopeId TABLES = new ScopeId("tables");

    @JsonCreator
    public ScopeId {}

    public static ScopeId ofSite(long id) {
        return new ScopeId("site-" + id);
    }

    /** The site's number, or -1 for what is no site. */
    public long site() {
        return text.startsWith("site-") ? Long.parseLong(text.substring(5)) : -1;
    }

    @Override
    public int compareTo(ScopeId other) {
        int bySite = Long.compare(site(), other.site());
        return bySite != 0 ? bySite : text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
