package edu.wfu.wfumig.plan;

import org.jspecify.annotations.Nullable;

/** Where dumps, manifests and reports are kept; nowhere when {@code directory} is null. */
public record Archive(@Nullable String directory) {}
