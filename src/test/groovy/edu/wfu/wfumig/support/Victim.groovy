package edu.wfu.wfumig.support

import groovy.transform.CompileStatic
import java.nio.file.Path
import java.util.concurrent.TimeUnit

/** wfumig in a JVM of its own, to which something happens. */
@CompileStatic
class Victim {
    /** What the shell says of a process that was killed by SIGKILL. */
    static final int KILLED = 137
    private static Path woven

    private final Process process
    private final StringBuffer said = new StringBuffer()
    private final Thread listener

    /** @param door what {@link LedgerDoor} and {@link StatementDoor} are to do */
    Victim(Wfumig wfumig, List<String> words, Map<String, ?> door = [:]) {
        def java = [Path.of(System.getProperty('java.home'), 'bin', 'java').toString(), '-Xmx256m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-XX:-UsePerfData']
        def doors = door.collect { "-Ddoor.${it.key}=${it.value}".toString() } + ["-Ddoor.state=${wfumig.state}".toString()]
        def command = java + doors + ['-cp', "${woven()}${File.pathSeparator}${System.getProperty('java.class.path')}".toString(), 'edu.wfu.wfumig.cli.Main'] +
                words + ['--state-dir', wfumig.state.toString()]
        def builder = new ProcessBuilder(command).redirectErrorStream(true)
        builder.environment().putAll(wfumig.environment)
        process = builder.start()
        // A pipe, not a file: no limit on files reaches it.
        listener = Thread.start { process.inputStream.eachLine { String line -> said.append(line).append('\n') } }
    }

    private static synchronized Path woven() {
        if (woven == null) woven = StatementDoor.weave(LedgerDoor.weave(Fork.folder('doors')))
        woven
    }

    /** Kills it from outside after so many milliseconds, should it still live. */
    Victim killedAfter(long millis) {
        if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) process.destroyForcibly()
        this
    }

    boolean alive() { process.alive }

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
