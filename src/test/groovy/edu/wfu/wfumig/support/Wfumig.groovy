package edu.wfu.wfumig.support

import edu.wfu.wfumig.cli.Main
import groovy.transform.CompileStatic
import java.nio.file.Files
import java.nio.file.Path

/** Runs wfumig as a user does, in this JVM, with a state folder of its own. */
@CompileStatic
class Wfumig {
    final Path home = Files.createDirectories(Path.of('target/wfumig-home').toAbsolutePath().resolve(UUID.randomUUID().toString()))
    Path state = home.resolve('state')
    Map<String, String> environment = [NO_COLOR: '1', WFUMIG_DEBUG: '1', HOME: home.toString(),
                                       XDG_CONFIG_HOME: home.resolve('config').toString(), XDG_STATE_HOME: home.resolve('own').toString()] as Map<String, String>
    final FakeTerminal terminal = new FakeTerminal()
    String out = ''
    String err = ''

    /** Runs a command line; returns its exit code. */
    int call(String... words) {
        def outText = new StringWriter()
        def errText = new StringWriter()
        int code = Main.run((words + ['--state-dir', state.toString()]) as String[], environment, terminal, new PrintWriter(outText, true), new PrintWriter(errText, true))
        out = outText.toString()
        err = errText.toString()
        code
    }

    /** Writes a plan file. */
    Path plan(String text, String name = 'test.migration.groovy') {
        Files.writeString(home.resolve(name), text.stripIndent())
    }

    /** The newest run's folder. */
    Path run() { state.resolve(runs().last()) }

    /** The ids of all runs, the newest last. */
    List<String> runs() {
        Files.list(state).withCloseable { it.filter { Path p -> Files.exists(p.resolve('journal.jsonl')) }.sorted().toList() }*.fileName*.toString()
    }

    String runId() {
        run().fileName.toString()
    }

    /** The environment blocks of a plan whose ends are schemas of these servers. */
    String ends(TestServer source, String from, TestServer target, String to, String fromUrl = 'http://dev.wfu.test', String toUrl = 'http://uat.wfu.test') {
        environment['WFUMIG_SECRET_SOURCE'] = source.password()
        environment['WFUMIG_SECRET_TARGET'] = target.password()
        """
        environment('dev') {
          mysql { host '${source.host()}'; port ${source.port()}; schema '$from'; user '${source.user()}'; password secret('source') }
          url '$fromUrl'
        }
        environment('uat') {
          mysql { host '${target.host()}'; port ${target.port()}; schema '$to'; user '${target.user()}'; password secret('target') }
          url '$toUrl'
        }
        from 'dev'
        to 'uat'
        """
    }
}
