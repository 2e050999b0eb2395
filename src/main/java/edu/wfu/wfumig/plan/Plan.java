package edu.wfu.wfumig.plan;

import edu.wfu.wfumig.Location;
import java.util.List;
import java.util.Map;

/**
 * What the author asked for. Made once from a plan file; everything else is derived from it and from what the
 * databases hold.
 *
 * @param location where {@code migration(…)} stands
 * @param inputs the values the plan took from outside, by name; secrets stay references
 * @param digest SHA-256 of the plan file's text
 */
public record Plan(
        String name,
        String description,
        Location location,
        Map<String, Environment> environments,
        String from,
        String to,
        Staging staging,
        Sites sites,
        Tables tables,
        Rewrite rewrite,
        LargeSites largeSites,
        Failures failures,
        Parallel parallel,
        Throttle throttle,
        Backup backup,
        Verify verify,
        Archive archive,
        List<Input> inputs,
        String digest) {

    /** The same plan with other large sites. */
    public Plan with(LargeSites large) {
        return new Plan(
                name,
                description,
                location,
                environments,
                from,
                to,
                staging,
                sites,
                tables,
                rewrite,
                large,
                failures,
                parallel,
                throttle,
                backup,
                verify,
                archive,
                inputs,
                digest);
    }

    public Environment source() {
        return environment(from);
    }

    public Environment target() {
        return environment(to);
    }

    private Environment environment(String wanted) {
        var found = environments.get(wanted);
        if (found == null) throw new IllegalStateException("a checked plan knows its environments: " + wanted);
        return found;
    }
}
