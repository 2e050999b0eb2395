package edu.wfu.wfumig.cli

import com.fasterxml.jackson.databind.ObjectMapper
import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import spock.lang.Shared
import spock.lang.Specification

/** The commands that look at runs. */
class LookSpec extends Specification {
    @Shared TestServer server = TestServer.embedded()
    @Shared Wfumig wfumig = new Wfumig()
    @Shared String runOut
    @Shared List<String> events

    def setupSpec() {
        server.load('look_dev', 'dev')
        server.load('look_uat', 'uat')
        def plan = wfumig.plan("""
            migration('look') {
              ${wfumig.ends(server, 'look_dev', server, 'look_uat')}
              staging { schema 'look_staging' }
              sites { sites 5, 8 }
            }""").toString()
        def stdout = System.out
        def captured = new ByteArrayOutputStream()
        System.out = new PrintStream(captured, true)
        try {
            assert wfumig.call('run', plan, '--yes', '--json') == 0
        } finally {
            System.out = stdout
        }
        runOut = wfumig.out
        events = captured.toString().readLines().findAll { it.startsWith('{"at"') }
    }

    def cleanupSpec() {
        server.drop('look_dev', 'look_uat', 'look_staging')
    }

    private static JSON = new ObjectMapper()

    def 'a run with --json prints an event a line while it runs'() {
        given:
        def read = events.collect { JSON.readTree(it) }

        expect:
        ['site-5', 'site-8'].every { site -> read.any { it.get('event').asText() == 'done' && it.get('step').asText() == "$site/clean" } }
        read.first().get('step').asText() == 'preflight'
    }

    def 'the report of #command with --json can be read by a script'() {
        given:
        wfumig.call('status', '--json')
        def report = JSON.readTree(command == 'run' ? runOut : wfumig.out)

        expect:
        report.get('outcome').asText() == 'done'
        report.get('scopes').size() == 2
        report.at('/scopes/0/state').asText() == 'done'
        report.at('/scopes/0/rows').asLong() > 200
        report.get('next')[0].asText().startsWith('Undo it:')

        where:
        command << ['run', 'status']
    }

    def 'list tells of all runs, for people and for scripts'() {
        expect:
        wfumig.call('list') == 0
        wfumig.out.trim() == "done         ${wfumig.runId()}".toString()
        wfumig.call('list', '--json') == 0
        JSON.readTree(wfumig.out)[0].get('run').asText() == wfumig.runId()
        new Wfumig().with { it.call('list') == 0 && it.out.contains('No runs yet') }
    }

    def 'the report comes as text, JSON and one HTML file'() {
        expect:
        wfumig.call('report', wfumig.runId(), '--format', format) == 0
        wfumig.out.contains(expected)
        wfumig.out.contains('site-8')

        where:
        format | expected
        'text' | 'done and verified, 2 of 2 scopes'
        'json' | '"outcome" : "done"'
        'html' | '<td>done'
    }

    def 'a scope has a log of its own'() {
        expect:
        wfumig.call('logs', wfumig.runId(), '8') == 0
        ['export starts', 'stage: rows went in by LOAD DATA LOCAL', 'clean done in'].every { wfumig.out.contains(it) }
        wfumig.call('logs', wfumig.runId(), 'site-8') == 0
        wfumig.call('logs', wfumig.runId(), '99') == 2
    }

    def 'no secret is in any file of a run, and the folder is for its owner alone'() {
        given:
        def files = Files.walk(wfumig.run()).withCloseable { it.filter { Files.isRegularFile(it) }.toList() }

        expect:
        files.size() > 8
        files.every { !Files.readString(it, java.nio.charset.StandardCharsets.ISO_8859_1).contains(server.password()) }
        PosixFilePermissions.toString(Files.getPosixFilePermissions(wfumig.run())) == 'rwx------'
    }

    def 'help, version and completion are there'() {
        expect:
        wfumig.call('--version') == 0
        wfumig.out.startsWith('wfumig ')
        wfumig.call('run', '--help') == 0
        wfumig.out.contains('--dry-run')
        wfumig.call('completion') == 0
        wfumig.out.contains('complete -F')
    }
}
