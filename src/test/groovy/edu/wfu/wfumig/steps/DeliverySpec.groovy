package edu.wfu.wfumig.steps

import edu.wfu.wfumig.ScopeId
import edu.wfu.wfumig.dump.Manifest
import edu.wfu.wfumig.graph.Step
import edu.wfu.wfumig.plan.Extent
import edu.wfu.wfumig.support.FakePulse
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** A dump that is brought to where somebody wants it is nobody else's on its way. */
class DeliverySpec extends Specification {
    static final ScopeId SCOPE = ScopeId.ofSite(5)
    @TempDir Path home

    private static String mode(Path file) { PosixFilePermissions.toString(Files.getPosixFilePermissions(file)) }

    @Requires({ os.linux || os.macOs })
    @Timeout(60)
    def 'what is copied is readable for its owner alone from the first byte on, whatever was left there'() {
        given: 'a dump that comes as slowly as its writer likes'
        def work = new WorkFolder(home.resolve('work'))
        def made = work.source(SCOPE)
        Files.createDirectories(made.parent)
        assert new ProcessBuilder('mkfifo', made.toString()).start().waitFor() == 0
        Files.writeString(Manifest.beside(made), '{}')
        def wanted = home.resolve('five.sql.zst')
        def draft = Files.writeString(home.resolve('.five.sql.zst.draft'), 'left by an attempt that was killed')
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString('rw-r--r--'))
        def runner = new DeliveryRunner(new Delivery(new Extent(Extent.Part.EXPORT, wanted.toString())), work)
        def brought = Thread.start { runner.run(new Step.Archive(SCOPE), new FakePulse()) }

        when: 'its first bytes are there, and no more'
        def meanwhile = Files.newOutputStream(made).withCloseable {
            it.write('first'.bytes)
            while (!Files.exists(draft) || Files.size(draft) != 5) Thread.yield()
            def seen = mode(draft)
            it.write(', last'.bytes)
            seen
        }
        brought.join()

        then:
        meanwhile == 'rw-------'
        Files.readString(wanted) == 'first, last'
        mode(wanted) == 'rw-------'
        mode(Manifest.beside(wanted)) == 'rw-------'
        !Files.exists(draft)
    }
}
