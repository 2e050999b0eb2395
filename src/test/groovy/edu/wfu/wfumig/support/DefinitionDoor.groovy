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

/** Between the fence's answer and the n-th table that is then made, in a JVM of its own: there the process stops. */
@CompileStatic
class DefinitionDoor {
    private static final int DEFINITION = Integer.getInteger('door.definition', 0)
    private static final ThreadLocal<String> statement = new ThreadLocal<>()
    private static final AtomicInteger arrived = new AtomicInteger()

    /** The advice that is woven into {@code MysqlEditor.execute}. */
    @CompileStatic
    static class Said {
        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(0) String sql) { DefinitionDoor.says(sql) }
    }

    /** The advice that is woven into {@code MysqlLock.require}. */
    @CompileStatic
    static class Answered {
        @Advice.OnMethodExit
        static void exit() { DefinitionDoor.answered() }
    }

    /** Puts the woven classes into {@code folder}; for the front of a class path. */
    static Path weave(Path folder) {
        weave(folder, 'MysqlEditor', 'execute', Said)
        weave(folder, 'MysqlLock', 'require', Answered)
        folder
    }

    private static void weave(Path folder, String name, String method, Class<?> advice) {
        def locator = ClassFileLocator.ForClassLoader.of(DefinitionDoor.classLoader)
        def type = TypePool.Default.of(locator).describe('edu.wfu.wfumig.database.mysql.' + name).resolve()
        new ByteBuddy().redefine(type, locator)
                .visit(Advice.to(advice).on(ElementMatchers.named(method).and(ElementMatchers.isDeclaredBy(type))))
                .make().saveIn(Files.createDirectories(folder).toFile())
    }

    static void says(String sql) { statement.set(sql) }

    static void answered() {
        def sql = statement.get()
        statement.remove()
        if (DEFINITION == 0 || sql == null || !sql.startsWith('CREATE TABLE') || arrived.incrementAndGet() != DEFINITION) return
        new ProcessBuilder('kill', '-STOP', ProcessHandle.current().pid().toString()).start().waitFor()
    }
}
