package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.ledger.Request;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "abort", description = "Ask a run to stop at its next safe moment. It resumes.")
final class AbortCommand extends WfumigCommand implements Callable<Integer> {
    @Mixin
    private RunChoice choice;

    @Override
    public Integer call() throws IOException {
        return choice.request(runs(), out(), Request.ABORT);
    }
}
