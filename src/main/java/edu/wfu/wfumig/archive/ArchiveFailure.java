package edu.wfu.wfumig.archive;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An archive does not do what it should, and it is known what would help. Holds no secret, nor does its cause. */
public final class ArchiveFailure extends IOException {
    private final String expected;
    private final String next;
    private final boolean passing;

    /**
     * @param found what is wrong, with its place
     * @param passing whether it may be right in a moment
     */
    public ArchiveFailure(String found, String expected, String next, boolean passing, @Nullable Throwable cause) {
        super(found, cause);
        this.expected = expected;
        this.next = next;
        this.passing = passing;
    }

    public boolean passing() {
        return passing;
    }

    /**
     * What is told of a failure.
     *
     * @param doing what was tried, as in {@code archive/uat/… cannot be written}; for failures that do not say it themselves
     * @param safe what is still safe
     * @param then what to type when the cause is gone; may be empty
     */
    public static Problem problem(IOException e, String doing, String safe, String then) {
        String after = then.isEmpty() ? "" : ", then type: " + then;
        return e instanceof ArchiveFailure failure
                ? Problem.of(String.valueOf(failure.getMessage()), failure.expected, safe, failure.next + after)
                : Problem.of(
                        doing + ": " + e.getMessage(), "room and rights in the archive", safe, "make room" + after);
    }

    /** The same as a refusal, which a run may try again when the failure may pass. */
    public static Refusal refusal(IOException e, String doing, String safe, String then) {
        boolean again = e instanceof ArchiveFailure failure && failure.passing;
        return new Refusal(again ? Refusal.Kind.PASSING : Refusal.Kind.FAILED, problem(e, doing, safe, then), e);
    }
}
