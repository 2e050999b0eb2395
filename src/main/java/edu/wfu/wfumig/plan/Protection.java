package edu.wfu.wfumig.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to change an environment: its name, typed; a yes is not enough.
 *
 * @param rehearsedWithin how old a rehearsal of the same plan on the same data may be; null when none is asked for
 */
public record Protection(@Nullable Duration rehearsedWithin) {}
