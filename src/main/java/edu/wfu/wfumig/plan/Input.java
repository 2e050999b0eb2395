package edu.wfu.wfumig.plan;

/**
 * A value that came from outside the plan.
 *
 * @param kind {@code env}, {@code param}, {@code secret} or {@code config}
 * @param value what was read; empty for secrets
 */
public record Input(String kind, String name, String value) {}
