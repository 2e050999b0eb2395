package edu.wfu.wfumig.dsl;

import groovy.transform.NamedParam;
import java.time.Duration;
import java.util.Map;

/** {@code protect { … }}: this environment is changed only by somebody who types its name. */
public interface ProtectBlock extends Block {
    /** The name is asked for, or given as {@code --confirm NAME}. It always is here; a plan may say so. */
    void confirm();

    /** {@code requireRehearsal within: 24.hours}: and only after {@code wfumig rehearse} of the same plan on the same tables. */
    void requireRehearsal(@NamedParam(value = "within", type = Duration.class, required = true) Map<String, ?> within);
}
