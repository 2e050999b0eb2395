package edu.wfu.wfumig.support

import groovy.transform.CompileStatic
import java.nio.file.Path

/** The test run is shared by several JVMs; this is the place of one of them. */
@CompileStatic
class Fork {
    /** A folder that no other JVM of the test run uses. */
    static Path folder(String name) {
        Path.of('target', "fork-${System.getProperty('wfumig.fork', '1')}", name).toAbsolutePath()
    }
}
