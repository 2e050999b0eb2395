package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.ledger.Request;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "pause",
        description = "Ask a run to start no further site; the sites that run come to their end. It resumes.")
final class PauseCommand extends WfumigCommand implements Callable<Integer> {
    @Mixin
    private RunChoice choice;

    @Override
    public Integer call() throws IOException {
        return choice.request(runs(), out(), Request.PAUSE);
    }
}
