package edu.wfu.wfumig.support

import groovy.transform.CompileStatic
import java.nio.file.Files
import java.nio.file.Path

/** Files and bytes, as specs look at them. */
@CompileStatic
class Bytes {
    /** Paths of all files below a folder, relative to it, with forward slashes. */
    static List<String> filesBelow(Path folder) {
        if (!Files.isDirectory(folder)) return []
        Files.walk(folder).withCloseable { files ->
            files.filter { Path p -> Files.isRegularFile(p) }.map { Path p -> folder.relativize(p).toString().replace('\\', '/') }.sorted().toList()
        }
    }
}
