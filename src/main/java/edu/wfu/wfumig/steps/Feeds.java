package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.dump.Manifest;
import edu.wfu.wfumig.executor.Pulse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The dumps that are being written right now. */
final class Feeds {
    private static final long LOOK_AROUND_MILLIS = 20;

    private final Map<ScopeId, Feed> open = new ConcurrentHashMap<>();

    void open(ScopeId scope, Feed feed) {
        open.put(scope, feed);
    }

    void close(ScopeId scope) {
        open.remove(scope);
    }

    /** The dump of a scope: while it is written, for a step that runs beside its export; else when it is complete. */
    Feed of(ScopeId scope, Path dump, Pulse pulse) {
        while (pulse.follows()) {
            var feed = open.get(scope);
            if (feed != null) return feed;
            pulse.moved(0, 0);
            try {
                Thread.sleep(LOOK_AROUND_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Pulse.Stopped();
            }
        }
        // Its export may have ended without one.
        pulse.moved(0, 0);
        return Feed.of(Manifest.of(dump));
    }
}
