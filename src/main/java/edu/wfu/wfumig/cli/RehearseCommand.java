package edu.wfu.wfumig.cli;

import picocli.CommandLine.Command;

/** A run that ends before the first cutover. Its ledger tells later ones what was proved, and when. */
@Command(
        name = "rehearse",
        description =
                "Do all of a run up to and including the proof, in staging alone; nothing of the target is replaced.")
final class RehearseCommand extends RunCommand {
    @Override
    boolean rehearses() {
        return true;
    }
}
