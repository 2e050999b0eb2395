package edu.wfu.wfumig.plan;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Who is told how a run goes.
 *
 * @param webhooks the secrets that hold their addresses
 * @param on at which moments
 */
public record Notices(List<Secret> webhooks, Set<On> on) {
    /** A moment of a run. */
    public enum On {
        STARTED,
        FAILED,
        PAUSED,
        DONE
    }

    public static final Notices NONE = new Notices(List.of(), EnumSet.allOf(On.class));
}
