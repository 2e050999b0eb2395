package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.OwnerOnly;
import edu.wfu.wfumig.ScopeId;
import edu.wfu.wfumig.dump.Manifest;
import edu.wfu.wfumig.executor.Pulse;
import edu.wfu.wfumig.executor.StepRunner;
import edu.wfu.wfumig.graph.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Brings the dump of an export to where it was asked for, then its manifest: with that the dump counts as one. Only their owner
 * may read them, from their first byte on.
 *
 * <p>Safe to repeat: each file is copied under another name first; what has arrived as a whole is not brought again.
 */
final class DeliveryRunner implements StepRunner<Step.Archive> {
    private final Delivery delivery;
    private final WorkFolder work;

    DeliveryRunner(Delivery delivery, WorkFolder work) {
        this.delivery = delivery;
        this.work = work;
    }

    @Override
    public Map<String, Object> run(Step.Archive step, Pulse pulse) throws IOException {
        ScopeId scope = step.scope();
        Path made = work.source(scope);
        Path wanted = delivery.dump(scope);
        try {
            Files.createDirectories(wanted.toAbsolutePath().getParent());
            bring(made, wanted);
            bring(Manifest.beside(made), Manifest.beside(wanted));
        } catch (IOException e) {
            throw WorkFolder.unwritable(wanted, e);
        }
        work.delete(scope);
        return Map.of("dump", wanted.toString());
    }

    private static void bring(Path made, Path wanted) throws IOException {
        if (Files.exists(wanted)) {
            // An earlier attempt may have brought it, and may have been cut short behind that.
            if (!Files.exists(made) || Files.mismatch(made, wanted) == -1) return;
            throw Delivery.taken(wanted);
        }
        Path draft = wanted.resolveSibling("." + wanted.getFileName() + ".draft");
        OwnerOnly.newFile(draft);
        try (var out = Files.newOutputStream(draft)) {
            Files.copy(made, out);
        }
        Files.move(draft, wanted, StandardCopyOption.ATOMIC_MOVE);
    }
}
