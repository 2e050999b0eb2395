package edu.wfu.wfumig.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;

/**
 * Loads what a run needs, once, for the launcher: with {@code -XX:ArchiveClassesAtExit} the JVM writes what was loaded into
 * an archive that later starts map, instead of reading and verifying 2,000 classes each time.
 *
 * <ol>
 *   <li>The preview of a plan whose servers nobody answers for: it loads the plan language.
 *   <li>The classes of wfumig itself, of the drivers and of what reads and writes the ledger.
 * </ol>
 */
final class SharedClasses {
    private static final List<String> JARS =
            List.of("wfumig", "mysql-connector-j", "postgresql", "zstd-jni", "jackson-");

    private SharedClasses() {}

    /** @param args the plan */
    public static void main(String[] args) throws IOException {
        var nobody = new PrintWriter(Writer.nullWriter());
        Main.run(new String[] {"plan", args[0]}, Map.of(), nobody, nobody);
        for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            String name = Path.of(entry).getFileName().toString();
            if (JARS.stream().anyMatch(name::startsWith)) load(entry);
        }
    }

    private static void load(String jar) throws IOException {
        try (var file = new JarFile(jar)) {
            for (var entry : (Iterable<java.util.jar.JarEntry>) file.stream()::iterator) {
                String name = entry.getName();
                if (!name.endsWith(".class") || name.startsWith("META-INF") || name.contains("-info")) continue;
                try {
                    Class.forName(
                            name.substring(0, name.length() - 6).replace('/', '.'),
                            false,
                            SharedClasses.class.getClassLoader());
                } catch (ClassNotFoundException | LinkageError e) {
                    // Needs a library that is not here; so does nobody else load it.
                }
            }
        }
    }
}
