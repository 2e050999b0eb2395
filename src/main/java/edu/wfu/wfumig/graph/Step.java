package edu.wfu.wfumig.graph;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import edu.wfu.wfumig.ScopeId;
import org.jspecify.annotations.Nullable;

/** A step as data: {@code site-43/export}. A runner of the steps package does it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Step.Preflight.class, name = "preflight"),
    @JsonSubTypes.Type(value = Step.Export.class, name = "export"),
    @JsonSubTypes.Type(value = Step.Stage.class, name = "stage"),
    @JsonSubTypes.Type(value = Step.Verify.class, name = "verify"),
    @JsonSubTypes.Type(value = Step.Backup.class, name = "backup"),
    @JsonSubTypes.Type(value = Step.Cutover.class, name = "cutover"),
    @JsonSubTypes.Type(value = Step.Confirm.class, name = "confirm"),
    @JsonSubTypes.Type(value = Step.Archive.class, name = "archive"),
    @JsonSubTypes.Type(value = Step.Clean.class, name = "clean"),
    @JsonSubTypes.Type(value = Step.Migrate.class, name = "migrate")
})
public sealed interface Step {
    /** What the step does, as in {@code export}. */
    default String verb() {
        return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }

    /** The scope it belongs to; null for steps of the whole run. */
    @Nullable
    ScopeId scope();

    default String id() {
        return scope() == null ? verb() : scope() + "/" + verb();
    }

    /** Looks at servers, privileges, staging, disk and archive before anything is written. */
    record Preflight() implements Step {
        @Override
        public @Nullable ScopeId scope() {
            return null;
        }
    }

    /**
     * Applies versioned SQL to the target.
     *
     * @param scope null before anything moves; {@link #AFTER} when all has come
     */
    record Migrate(@Nullable ScopeId scope) implements Step {
        /** Not a scope that moves: what follows them all. */
        public static final ScopeId AFTER = new ScopeId("schema");

        public boolean after() {
            return scope != null;
        }
    }

    /** Reads the source once, in one snapshot, into the scope's dump. */
    record Export(ScopeId scope) implements Step {}

    /** Rewrites the dump into staging. */
    record Stage(ScopeId scope) implements Step {}

    /** Proves that staging holds what it must. */
    record Verify(ScopeId scope) implements Step {}

    /** Dumps what is about to be replaced. */
    record Backup(ScopeId scope) implements Step {}

    /** Swaps staging and target. */
    record Cutover(ScopeId scope) implements Step {}

    /** Reads back through the target. */
    record Confirm(ScopeId scope) implements Step {}

    /** Stores dumps and manifests. */
    record Archive(ScopeId scope) implements Step {}

    /** Empties staging and the work folder of the scope. */
    record Clean(ScopeId scope) implements Step {}
}
