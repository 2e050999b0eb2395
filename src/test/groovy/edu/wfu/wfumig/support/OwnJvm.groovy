package edu.wfu.wfumig.support

import groovy.transform.CompileStatic
import java.nio.file.Files
import java.nio.file.Path
import java.util.spi.ToolProvider

/**
 * How a JVM with wfumig in it is started. As the launcher does, it maps the archive of what a start before it has loaded: specs start
 * hundreds, and each would load 2,000 classes. That knows jars alone, so folders of classes are packed first.
 */
@CompileStatic
class OwnJvm {
    private static final String JAVA = Path.of(System.getProperty('java.home'), 'bin', 'java')
    private static final List<String> OPTIONS = ['-Xmx256m', '-Xss16m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-XX:-UsePerfData', '-Xlog:disable', '-Xlog:all=off']
    private static List<String> start

    /** What stands before the name of a class with {@code main}; further options may follow the first word. */
    static synchronized List<String> words() {
        if (start == null) start = prepare(Fork.folder('jvm'))
        start
    }

    private static List<String> prepare(Path folder) {
        folder.toFile().deleteDir()
        def doors = DefinitionDoor.weave(StatementDoor.weave(LedgerDoor.weave(folder.resolve('doors'))))
        def given = System.getProperty('java.class.path').split(File.pathSeparator).collect { Path.of(it) }
        given.findAll { Files.isDirectory(it) && Files.exists(it.resolve('edu/wfu/wfumig/support')) }.each { copyDoors(it, doors) }
        def program = given.find { Files.exists(it.resolve('edu/wfu/wfumig/cli/Main.class')) }
        def path = [jar(doors, folder.resolve('doors.jar')), jar(program, folder.resolve('wfumig.jar'))] + given.findAll { Files.isRegularFile(it) }
        def plan = Files.writeString(folder.resolve('first.migration.groovy'), """
            migration('first') {
              environment('a') { mysql { host '127.0.0.1'; port 1; schema 'a'; user 'a' }; url 'http://a.test' }
              environment('b') { mysql { host '127.0.0.1'; port 1; schema 'b'; user 'b' }; url 'http://b.test' }
              from 'a'
              to 'b'
              sites { all() }
            }""".stripIndent())
        def archive = folder.resolve('classes.jsa')
        def classPath = ['-cp', path.join(File.pathSeparator)]
        def first = [JAVA, "-XX:ArchiveClassesAtExit=$archive".toString()] + OPTIONS + classPath + ['edu.wfu.wfumig.cli.SharedClasses', plan.toString()]
        new ProcessBuilder(first).redirectErrorStream(true).redirectOutput(folder.resolve('first.log').toFile()).start().waitFor()
        [JAVA] + OPTIONS + ["-XX:SharedArchiveFile=$archive".toString(), '-Xshare:auto'] + classPath
    }

    /** The doors themselves are called by what was woven. */
    private static void copyDoors(Path classes, Path folder) {
        def support = Path.of('edu/wfu/wfumig/support')
        Files.createDirectories(folder.resolve(support))
        Files.list(classes.resolve(support)).withCloseable { it.toList() }.findAll { it.fileName.toString() ==~ /(Ledger|Statement|Definition)Door.*/ }
                .each { Files.copy(it, folder.resolve(support).resolve(it.fileName.toString())) }
    }

    private static Path jar(Path classes, Path file) {
        int code = ToolProvider.findFirst('jar').get().run(System.out, System.err, '--create', '--no-compress', '--file', file.toString(), '-C', classes.toString(), '.')
        if (code != 0) throw new IOException("$file was not made")
        file
    }
}
