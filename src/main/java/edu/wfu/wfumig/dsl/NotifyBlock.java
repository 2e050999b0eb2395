package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Notices.On;
import edu.wfu.wfumig.plan.Secret;

/** {@code notify { … }}: who is told how a run goes. What cannot be told never stops a run. */
public interface NotifyBlock extends Block {
    /** An address that takes JSON with a {@code text}, as Slack and many others do. It is a secret: who has it can write there. */
    void webhook(Secret address);

    /** {@code on failed, paused}: the moments at which something is told; all of them when left out. */
    void on(On... moments);

    /** The run begins or goes on. */
    default On getStarted() {
        return On.STARTED;
    }

    /** It failed, for some sites or as a whole, or was stopped. */
    default On getFailed() {
        return On.FAILED;
    }

    /** It paused and waits for somebody. */
    default On getPaused() {
        return On.PAUSED;
    }

    /** All is done and verified. */
    default On getDone() {
        return On.DONE;
    }
}
