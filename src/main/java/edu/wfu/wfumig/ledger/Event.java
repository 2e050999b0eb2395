package edu.wfu.wfumig.ledger;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import edu.wfu.wfumig.ScopeId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that happened in a run. Events are only ever added. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Event.RunStarted.class, name = "run-started"),
    @JsonSubTypes.Type(value = Event.Rehearsing.class, name = "rehearsing"),
    @JsonSubTypes.Type(value = Event.RunResumed.class, name = "run-resumed"),
    @JsonSubTypes.Type(value = Event.StepStarted.class, name = "step-started"),
    @JsonSubTypes.Type(value = Event.StepDone.class, name = "step-done"),
    @JsonSubTypes.Type(value = Event.StepFailed.class, name = "step-failed"),
    @JsonSubTypes.Type(value = Event.ChangesAccepted.class, name = "changes-accepted"),
    @JsonSubTypes.Type(value = Event.ScopeFailed.class, name = "scope-failed"),
    @JsonSubTypes.Type(value = Event.RulesOverridden.class, name = "rules-overridden"),
    @JsonSubTypes.Type(value = Event.ChunksDone.class, name = "chunks-done"),
    @JsonSubTypes.Type(value = Event.Noted.class, name = "noted"),
    @JsonSubTypes.Type(value = Event.Reopened.class, name = "reopened"),
    @JsonSubTypes.Type(value = Event.RolledBack.class, name = "rolled-back"),
    @JsonSubTypes.Type(value = Event.KeptDropped.class, name = "kept-dropped"),
    @JsonSubTypes.Type(value = Event.RunEnded.class, name = "run-ended")
})
public sealed interface Event {
    record RunStarted(String plan, String planDigest, String graphDigest, String target) implements Event {}

    /** The run that just started is a rehearsal: it ends before the first cutover. */
    record Rehearsing() implements Event {}

    record RunResumed() implements Event {}

    record StepStarted(String step) implements Event {}

    /**
     * @param facts what the step found out and later steps, the report or a rollback rely on
     */
    record StepDone(String step, long millis, Map<String, Object> facts) implements Event {}

    /**
     * @param mismatch whether what was found was not what should be there, rather than a failure on the way
     */
    record StepFailed(String step, long millis, String error, boolean mismatch) implements Event {}

    /**
     * Chunks of a running step are safe.
     *
     * @param facts what the step has counted up to here
     */
    record ChunksDone(String step, List<Checkpoint> chunks, Map<String, Object> facts) implements Event {}

    /** A scope was given up for now: its step failed as often as it may. Recorded before it is cleaned up. */
    record ScopeFailed(ScopeId scope, String step) implements Event {}

    /** What is left was planned anew, because source or target had changed. */
    record ChangesAccepted(String graphDigest, List<String> changes) implements Event {}

    /** Rules of the plan that the command line replaced, by the names of its options. */
    record RulesOverridden(Map<String, String> rules) implements Event {}

    /**
     * Something a step must remember before it goes on, so that a resume knows it.
     *
     * @param facts replaces what was noted under the step before
     */
    record Noted(String step, Map<String, Object> facts) implements Event {}

    /** Steps whose effect was taken back; they are to be done again. */
    record Reopened(List<String> steps) implements Event {}

    record RolledBack(ScopeId scope) implements Event {}

    /** The old tables of a scope were dropped: it can no longer be rolled back from them. */
    record KeptDropped(ScopeId scope) implements Event {}

    record RunEnded(RunState.Outcome outcome, @Nullable String why) implements Event {}
}
