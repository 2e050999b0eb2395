package edu.wfu.wfumig.support

import groovy.transform.CompileStatic
import java.util.concurrent.TimeUnit
import java.util.function.BooleanSupplier

/** wfumig in a JVM of its own, to which something happens. */
@CompileStatic
class Victim {
    /** What the shell says of a process that was killed by SIGKILL. */
    static final int KILLED = 137

    private final Process process
    private final StringBuffer said = new StringBuffer()
    private final Thread listener

    /** @param door what {@link LedgerDoor}, {@link StatementDoor} and {@link DefinitionDoor} are to do */
    Victim(Wfumig wfumig, List<String> words, Map<String, ?> door = [:]) {
        def doors = door.collect { "-Ddoor.${it.key}=${it.value}".toString() } + ["-Ddoor.state=${wfumig.state}".toString()]
        def command = OwnJvm.words() + doors + ['edu.wfu.wfumig.cli.Main'] + words + ['--state-dir', wfumig.state.toString()]
        def builder = new ProcessBuilder(command).redirectErrorStream(true)
        builder.environment().putAll(wfumig.environment)
        process = builder.start()
        // A pipe, not a file: no limit on files reaches it.
        listener = Thread.start { process.inputStream.eachLine { String line -> said.append(line).append('\n') } }
    }

    /** Kills it from outside after so many milliseconds, should it still live. */
    Victim killedAfter(long millis) {
        if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) process.destroyForcibly()
        this
    }

    /** Kills it from outside as soon as something is so; says whether it still lived then. */
    boolean killedWhen(BooleanSupplier moment) {
        while (process.alive && !moment.asBoolean) process.waitFor(1, TimeUnit.MILLISECONDS)
        boolean alive = process.alive
        process.destroyForcibly().waitFor()
        alive
    }

    boolean alive() { process.alive }

    long pid() { process.pid() }

    /** Its exit code. */
    int end() {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly()
            throw new IllegalStateException("it hangs; it said:\n$said")
        }
        listener.join()
        process.exitValue()
    }

    String said() { said.toString() }
}
