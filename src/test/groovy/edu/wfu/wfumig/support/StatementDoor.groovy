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

/** A door in front of one statement of a migration, in a JVM of its own: the statement is sent when the door's file is gone. */
@CompileStatic
class StatementDoor {
    private static final int STATEMENT = Integer.getInteger('door.statement', 0)
    private static final AtomicInteger arrived = new AtomicInteger()

    /** The advice that is woven into {@code JdbcSession.run}. */
    @CompileStatic
    static class Woven {
        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(0) String sql) { StatementDoor.before(sql) }
    }

    /** Puts the woven class into {@code folder}; for the front of a class path. */
    static Path weave(Path folder) {
        def locator = ClassFileLocator.ForClassLoader.of(StatementDoor.classLoader)
        def session = TypePool.Default.of(locator).describe('edu.wfu.wfumig.database.jdbc.JdbcSession').resolve()
        new ByteBuddy().redefine(session, locator)
                .visit(Advice.to(Woven).on(ElementMatchers.named('run')))
                .make().saveIn(Files.createDirectories(folder).toFile())
        folder
    }

    static void before(String sql) {
        // What wfumig keeps for itself is none of the script's.
        if (STATEMENT == 0 || sql.contains('wfumig_') || arrived.incrementAndGet() != STATEMENT) return
        def door = Files.createFile(Path.of(System.getProperty('door.closed')))
        while (Files.exists(door)) Thread.sleep(5)
    }
}
