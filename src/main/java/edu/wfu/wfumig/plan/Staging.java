package edu.wfu.wfumig.plan;

import org.jspecify.annotations.Nullable;

/**
 * Where rewritten tables are built.
 *
 * @param schema the staging schema; when left out, staged tables live in the target's own schema under reserved names
 * @param server a server of its own; the target's when left out
 */
public record Staging(@Nullable String schema, @Nullable Server server) {}
