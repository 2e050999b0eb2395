package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.plan.Failures;
import edu.wfu.wfumig.plan.Failures.Then;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that replace a plan's failure rules for one run. What was given stands in the ledger, and counts on a resume. */
final class FailureOptions {
    private static final Pattern TIME = Pattern.compile("(\\d+)(s|m|h)");

    @Option(
            names = "--max-consecutive-failures",
            paramLabel = "N",
            description = "So many sites that fail one after the other halt the run.")
    private @Nullable Integer maxConsecutive;

    @Option(names = "--max-failures", paramLabel = "N", description = "So many failed sites in all halt the run.")
    private @Nullable Integer maxTotal;

    @Option(names = "--pause-on-failure", description = "The first site that fails pauses the run.")
    private boolean pauseOnFailure;

    @Option(
            names = "--health-check-interval",
            paramLabel = "N",
            description = "After so many sites source, target and staging are examined.")
    private @Nullable Integer healthEvery;

    @Option(
            names = "--connection-test-interval",
            paramLabel = "N",
            description = "After so many sites they are asked whether they answer.")
    private @Nullable Integer connectionsEvery;

    @Option(names = "--site-timeout", paramLabel = "TIME", description = "How long a site may take: 90s, 20m, 2h.")
    private @Nullable String siteTimeout;

    @Option(
            names = "--retries",
            paramLabel = "N",
            description = "How often a step is repeated that was stopped by something that may pass.")
    private @Nullable Integer retries;

    /** The options that were given, by their names. */
    Map<String, String> given() {
        var given = new LinkedHashMap<String, String>();
        put(given, "--max-consecutive-failures", maxConsecutive);
        put(given, "--max-failures", maxTotal);
        if (pauseOnFailure) given.put("--pause-on-failure", "");
        put(given, "--health-check-interval", healthEvery);
        put(given, "--connection-test-interval", connectionsEvery);
        put(given, "--site-timeout", siteTimeout);
        put(given, "--retries", retries);
        apply(Failures.DEFAULT, given); // refuses what cannot be
        return given;
    }

    private static void put(Map<String, String> given, String name, @Nullable Object value) {
        if (value != null) given.put(name, value.toString());
    }

    /** A plan's rules with those replaced that the ledger says were replaced. */
    static Failures apply(Failures plan, Map<String, String> given) {
        boolean pause = given.containsKey("--pause-on-failure");
        Integer consecutive = number(given, "--max-consecutive-failures", 1);
        Integer total = number(given, "--max-failures", 1);
        Integer health = number(given, "--health-check-interval", 1);
        Integer connections = number(given, "--connection-test-interval", 1);
        Integer repeated = number(given, "--retries", 0);
        return new Failures(
                repeated == null ? plan.attempts() : repeated + 1,
                plan.backoff(),
                plan.upTo(),
                given.containsKey("--site-timeout") ? time(given.get("--site-timeout")) : plan.siteTimeout(),
                pause ? Integer.valueOf(1) : consecutive != null ? consecutive : plan.maxConsecutive(),
                pause ? Then.PAUSE : plan.then(),
                total != null ? total : plan.maxTotal(),
                health != null ? health : plan.healthEvery(),
                connections != null ? connections : plan.connectionsEvery());
    }

    private static @Nullable Integer number(Map<String, String> given, String name, int least) {
        String text = given.get(name);
        if (text == null) return null;
        int number = Integer.parseInt(text);
        if (number < least) throw refused(name, text, "a number from " + least);
        return number;
    }

    private static Duration time(String text) {
        var parts = TIME.matcher(text);
        if (!parts.matches() || parts.group(1).matches("0+")) throw refused("--site-timeout", text, "90s, 20m or 2h");
        long count = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }

    private static Refusal refused(String name, String text, String expected) {
        return new Refusal(Refusal.Kind.INVALID, Problem.of(name + " " + text, expected, "nothing was written", ""));
    }
}
