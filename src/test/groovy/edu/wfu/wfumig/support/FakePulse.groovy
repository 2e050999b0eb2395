package edu.wfu.wfumig.support

import edu.wfu.wfumig.ledger.Checkpoint
import groovy.transform.CompileStatic

/** A step whose ledger is in memory; what looks around while it waits can be made to do something. */
@CompileStatic
class FakePulse extends FakeBrake.Listener {
    final List<Checkpoint> ledger = []
    Map<String, Object> facts = [:]
    int events
    Closure<?> lookingAround = {}

    @Override
    void moved(long rows, long bytes) {
        super.moved(rows, bytes)
        lookingAround.call()
    }

    @Override
    void note(Map<String, Object> noted) { facts = noted }

    @Override
    Map<String, Object> noted() { facts }

    @Override
    synchronized void checkpoint(List<Checkpoint> chunks, Map<String, Object> counted) {
        events++
        ledger.addAll(chunks)
        facts = counted
    }

    @Override
    synchronized List<Checkpoint> checkpoints() { new ArrayList<>(ledger) }

    @Override
    synchronized void forgetCheckpoints() {
        ledger.clear()
        facts = [:]
    }
}
