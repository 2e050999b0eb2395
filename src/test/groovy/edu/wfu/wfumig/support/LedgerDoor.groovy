package edu.wfu.wfumig.support

import groovy.transform.CompileStatic
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.atomic.AtomicInteger
import net.bytebuddy.ByteBuddy
import net.bytebuddy.asm.Advice
import net.bytebuddy.dynamic.ClassFileLocator
import net.bytebuddy.matcher.ElementMatchers
import net.bytebuddy.pool.TypePool

/**
 * Something bad at the moment of one ledger event, in a JVM of its own. The journal's class is woven once and put in
 * front of the class path, so the program itself knows nothing of it.
 */
@CompileStatic
class LedgerDoor {
    /** What happens, and to whom: {@code kill} to a process, {@code stop} to this one, {@code fill} to the disk under it. */
    private static final String DEED = System.getProperty('door.deed', '')
    private static final String WHEN = System.getProperty('door.when', '')
    private static final int EVENT = Integer.getInteger('door.event', 0)
    private static final long VICTIM = Long.getLong('door.victim', ProcessHandle.current().pid())
    private static final AtomicInteger entered = new AtomicInteger()
    private static final AtomicInteger left = new AtomicInteger()

    /** The advice that is woven around {@code Journal.append}. */
    @CompileStatic
    static class Woven {
        @Advice.OnMethodEnter
        static void enter() { LedgerDoor.before() }

        @Advice.OnMethodExit
        static void exit() { LedgerDoor.after() }
    }

    /** Puts the woven class into {@code folder}; for the front of a class path. */
    static Path weave(Path folder) {
        def loader = LedgerDoor.classLoader
        def locator = ClassFileLocator.ForClassLoader.of(loader)
        def journal = TypePool.Default.of(locator).describe('edu.wfu.wfumig.ledger.Journal').resolve()
        new ByteBuddy().redefine(journal, locator)
                .visit(Advice.to(Woven).on(ElementMatchers.named('append')))
                .make().saveIn(Files.createDirectories(folder).toFile())
        folder
    }

    static void before() {
        if (entered.incrementAndGet() == EVENT && WHEN == 'before') act()
    }

    static void after() {
        if (left.incrementAndGet() == EVENT && WHEN == 'after') act()
    }

    private static void act() {
        if (DEED == 'kill') {
            run('kill', '-9', VICTIM.toString())
            // One's own death takes a moment; nothing is to happen in it.
            if (VICTIM == ProcessHandle.current().pid()) Thread.sleep(60_000)
        } else if (DEED == 'stop') {
            for (int quiet = 0; quiet < 20; quiet = writing() ? 0 : quiet + 1) Thread.sleep(10)
            run('kill', '-STOP', VICTIM.toString())
        } else {
            // No file of this process may grow beyond what the journal has and so much more: a real limit, as of a disk.
            long room = journalBytes() + Long.getLong('door.room', 0)
            run('prlimit', '--pid', ProcessHandle.current().pid().toString(), '--fsize=' + room + ':' + room)
        }
    }

    /** Whether another thread is at a word to a server that changes something; sooner or later all wait for the ledger. */
    private static boolean writing() {
        Thread.allStackTraces.any { thread, frames ->
            thread != Thread.currentThread() && frames.any { it.className ==~ /.*\.Mysql(Editor|Loader)/ }
        }
    }

    private static long journalBytes() {
        def runs = Files.list(Path.of(System.getProperty('door.state'))).withCloseable { it.toList() }
        def journals = runs.collect { Path run -> run.resolve('journal.jsonl') }.findAll { Path file -> Files.exists(file) }
        Files.size(journals.first())
    }

    private static void run(String... command) {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) throw new IllegalStateException(command.join(' '))
    }
}
