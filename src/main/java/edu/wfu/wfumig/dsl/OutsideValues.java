package edu.wfu.wfumig.dsl;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values that a plan may take from outside.
 *
 * @param overrides settings that count more than what the plan says, by keys such as {@code env.uat.host}
 * @param settings the value of a setting where the plan is silent; null when nothing is configured
 */
public record OutsideValues(
        Map<String, String> environment,
        Map<String, String> params,
        Map<String, String> overrides,
        Function<String, @Nullable String> settings) {
    /** Without any settings. */
    public OutsideValues(Map<String, String> environment, Map<String, String> params) {
        this(environment, params, Map.of(), key -> null);
    }
}
