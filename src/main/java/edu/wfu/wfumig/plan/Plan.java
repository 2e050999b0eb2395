package edu.wfu.wfumig.plan;

import edu.wfu.wfumig.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the author asked for. Made once from a plan file; everything else is derived from it and from what the
 * databases hold.
 *
 * @param location where {@code migration(…)} stands
 * @param sites which sites move; null for a plan that moves tables, whatever they belong to
 * @param extent how much of it a run does
 * @param migrations versioned SQL for the target; null for none
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
        @Nullable Sites sites,
        Tables tables,
        Rewrite rewrite,
        LargeSites largeSites,
        Failures failures,
        Parallel parallel,
        Throttle throttle,
        Backup backup,
        Verify verify,
        Cutover cutover,
        Archive archive,
        Notices notices,
        Extent extent,
        @Nullable Migrations migrations,
        List<Input> inputs,
        String digest) {

    /** The same plan with other large sites. */
    public Plan with(LargeSites large) {
        return copy(from, to, large);
    }

    /** The same plan the other way: what was read is changed. */
    public Plan reversed() {
        return copy(to, from, largeSites);
    }

    private Plan copy(String newFrom, String newTo, LargeSites large) {
        return new Plan(
                name,
                description,
                location,
                environments,
                newFrom,
                newTo,
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
                cutover,
                archive,
                notices,
                extent,
                migrations,
                inputs,
                digest);
    }

    /** What in the plan is true in one direction only, in the plan's words: such a plan cannot be turned round. */
    public List<String> oneWay() {
        var words = new ArrayList<String>();
        rewrite.replacements().forEach(rule -> words.add("replace '" + rule.find() + "'"));
        if (sites != null) sites.domains().forEach(pair -> words.add("domain '" + pair.from() + "'"));
        return words;
    }

    /** The settings that it took from outside, by their keys. */
    public Map<String, String> settings() {
        var settings = new TreeMap<String, String>();
        for (Input input : inputs) if (input.kind().equals("config")) settings.put(input.name(), input.value());
        return settings;
    }

    public Environment source() {
        return environment(from);
    }

    /** The environment whose tables are read. */
    public Environment origin() {
        return extent.part() == Extent.Part.TRANSFORM ? target() : source();
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
