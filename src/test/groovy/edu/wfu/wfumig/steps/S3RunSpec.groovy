package edu.wfu.wfumig.steps

import edu.wfu.wfumig.archive.s3.S3Archive
import edu.wfu.wfumig.support.Bytes
import edu.wfu.wfumig.support.TestS3
import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

/** Runs whose archive is in S3, from the plan to the way back. */
class S3RunSpec extends Specification {
    static final List<String> SCHEMAS = ['cloud_dev', 'cloud_uat', 'cloud_staging']

    @Shared TestServer server = TestServer.embedded()
    @Shared @AutoCleanup TestS3 s3 = new TestS3()
    Wfumig wfumig = new Wfumig()

    def setup() {
        server.drop(*SCHEMAS)
        server.load('cloud_dev', 'dev')
        server.load('cloud_uat', 'uat')
        wfumig.environment.putAll(s3.secrets())
    }

    def cleanup() { s3.recover() }

    def cleanupSpec() { server.drop(*SCHEMAS) }

    private String plan(String archive = s3.block("prefix 'runs'")) {
        wfumig.plan("""
            migration('cloud') {
              ${wfumig.ends(server, 'cloud_dev', server, 'cloud_uat')}
              staging { schema 'cloud_staging' }
              sites { sites 3, 43 }
              backup { dump() }
              $archive
            }""").toString()
    }

    private List<String> keys() {
        def archive = S3Archive.open(s3.settings(prefix: 'runs'))
        archive.list('uat/')*.key().findAll { it.contains(wfumig.runId()) }.collect { it.substring(it.indexOf(wfumig.runId()) + wfumig.runId().length() + 1) }
    }

    private String day() { wfumig.runId().replaceFirst(/.*(\d{4})-(\d\d)-(\d\d)T.*/, '$1/$2/$3') }

    def 'dumps, manifests and the papers of a run lie under readable keys, and say what they are'() {
        expect:
        wfumig.call('run', plan(), '--yes') == 0
        wfumig.out.contains('dumps are archived in s3://wfu-migrations/runs at http://127.0.0.1')
        keys() == ['graph.json', 'journal.jsonl', 'options.json', 'plan.groovy', 'report.html', 'report.json', 'report.txt'] +
                ['site-3', 'site-43'].collectMany { site -> ['backup', 'migrated', 'source'].collectMany { ["$site/${it}.manifest.json", "$site/${it}.sql.zst"]*.toString() } }
        !Files.exists(wfumig.run().resolve('work'))

        when:
        def archive = S3Archive.open(s3.settings(prefix: 'runs'))
        def run = "uat/${day()}/${wfumig.runId()}"
        def journal = wfumig.home.resolve('journal')

        then:
        archive.fetch("$run/site-43/source.sql.zst", wfumig.home.resolve('dump')).subMap('plan', 'run', 'scope', 'site', 'source', 'target') ==
                [plan: 'cloud', run: wfumig.runId(), scope: 'site-43', site: '43', source: 'dev', target: 'uat']
        archive.fetch("$run/site-43/source.manifest.json", wfumig.home.resolve('manifest')).rows.toLong() > 2_000
        archive.fetch("$run/journal.jsonl", journal).outcome == 'done'
        Files.readString(journal) == Files.readString(wfumig.run().resolve('journal.jsonl'))
        Files.readString(journal).readLines().last().contains('run-ended') || Files.readString(journal).contains('DONE')

        and: 'no key of the archive stands anywhere'
        def texts = Bytes.filesBelow(wfumig.run()).collect { Files.readString(wfumig.run().resolve(it)) } + [wfumig.out, wfumig.err]
        texts.every { !it.contains(TestS3.SECRET) && !it.contains(TestS3.ACCESS) }
    }

    def 'a rollback finds the backup there when the old tables are gone'() {
        given:
        def before = server.picture(['cloud_uat'])
        def file = plan()

        expect:
        wfumig.call('run', file, '--yes') == 0
        wfumig.call('clean', '--now') == 0
        wfumig.call('rollback') == 0
        wfumig.out.contains('site-43 is as it was when it was backed up')
        server.picture(['cloud_uat']).findAll { !it.key.contains('.wfumig_') } == before

        when:
        S3Archive.open(s3.settings(prefix: 'runs')).fetch("uat/${day()}/${wfumig.runId()}/report.txt", wfumig.home.resolve('report'))

        then: 'the archive knows of it'
        Files.readString(wfumig.home.resolve('report')).contains('rolled back')
    }

    def 'nothing is deleted here before it is safe there'() {
        given:
        def file = plan()
        s3.refuse('site-43/migrated.sql.zst')

        expect:
        wfumig.call('run', file, '--yes') == 3
        wfumig.out.contains('site-43/migrated.sql.zst cannot be stored')
        keys().every { !it.startsWith('site-43') || it == 'site-43/backup.sql.zst' }
        Bytes.filesBelow(wfumig.run().resolve('work')) ==
                ['backup', 'migrated', 'source'].collectMany { ["site-43/${it}.manifest.json", "site-43/${it}.sql.zst"]*.toString() }

        when:
        s3.recover()

        then:
        wfumig.call('resume') == 0
        keys().count { it.startsWith('site-43') } == 6
        !Files.exists(wfumig.run().resolve('work'))
    }

    def 'a run whose ledger cannot be archived says so, and ends with it at a resume'() {
        given:
        def file = plan()
        s3.refuse('journal.jsonl')
        def said = new ByteArrayOutputStream()
        def err = System.err

        when:
        System.err = new PrintStream(said)
        int code = wfumig.call('run', file, '--yes')
        System.err = err

        then:
        code == 1
        wfumig.out.contains('done and verified, 2 of 2 scopes')
        said.toString().contains('journal.jsonl cannot be stored')
        said.toString().contains("then type: wfumig resume ${wfumig.runId()}")

        when:
        s3.recover()

        then:
        wfumig.call('resume') == 0
        keys().contains('journal.jsonl')
        wfumig.call('resume') == 0
        wfumig.out.contains('there is nothing to resume')
    }

    def 'an archive that is #what is found before anything moves'() {
        given:
        def file = plan(block(s3))
        wfumig.environment.putAll(secrets)

        expect:
        wfumig.call('run', file, '--yes') == 1
        (wfumig.out + wfumig.err).contains(said)
        !(wfumig.out + wfumig.err).contains(TestS3.SECRET)
        !server.rows("SHOW TABLES FROM cloud_uat LIKE 'wp\\_43\\_posts'").empty
        keptSchemas(server) == []

        where:
        what              | secrets                               | block                                                                             || said
        'not reached'     | [:]                                   | { TestS3 s -> s.block().replace(s.endpoint(), 'http://127.0.0.1:1') }             || 'cannot be reached'
        'without bucket'  | [:]                                   | { TestS3 s -> s.block().replace(TestS3.BUCKET, 'no-such-bucket') }                || 'create no-such-bucket'
        'not ours'        | [WFUMIG_SECRET_S3_SECRET: 'wrong-one'] | { TestS3 s -> s.block() }                                                         || 'keys that are valid there'
    }

    private static List keptSchemas(TestServer server) {
        server.rows("SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'cloud\\_uat\\_wfumig%'")
    }

    def 'an archive is listed and fetched from, by the plan or by the run'() {
        given:
        def file = plan()
        wfumig.call('run', file, '--yes')
        def run = wfumig.runId()
        def into = wfumig.home.resolve('fetched')

        expect:
        wfumig.call('archive', 'list', file) == 0
        wfumig.out.readLines()[0].startsWith('s3://wfu-migrations/runs')
        wfumig.out.readLines().findAll { it.contains(run) }*.trim()*.split(/\s+/)*.getAt(1) == ['run', 'site-3', 'site-43']
        wfumig.call('archive', 'list', file, '--site', '43') == 0
        wfumig.out.readLines().findAll { it.contains(run) }.size() == 1
        wfumig.out.contains('source.sql.zst')

        and:
        wfumig.call('archive', 'fetch', run, '--site', '43', '--into', into.toString()) == 0
        wfumig.out.contains('3 dumps with')
        Bytes.filesBelow(into) == ['backup', 'migrated', 'source'].collectMany { ["site-43/${it}.manifest.json", "site-43/${it}.sql.zst"]*.toString() }

        when: 'another machine, which has no ledger of it'
        wfumig.state = wfumig.home.resolve('elsewhere')

        then:
        wfumig.call('archive', 'fetch', run) == 2
        wfumig.err.contains("there is no run $run")
        wfumig.call('archive', 'fetch', run, '--plan', file, '--into', into.toString()) == 0
        Bytes.filesBelow(into).containsAll(['journal.jsonl', 'report.html', 'site-3/backup.sql.zst'])
        wfumig.call('archive', 'fetch', run, '--plan', file, '--site', '99', '--into', into.toString()) == 2
        wfumig.err.contains('holds nothing under')
    }

    def 'a dump that is not what its manifest says is not passed on'() {
        given:
        def archived = wfumig.home.resolve('archive')
        wfumig.call('run', plan("archive { directory '$archived' }"), '--yes')
        def folder = Files.walk(archived).withCloseable { it.filter { Path p -> p.endsWith('site-43') }.findFirst().get() }
        def dump = folder.resolve('source.sql.zst')
        def manifest = folder.resolve('source.manifest.json')
        def good = [dump, manifest].collectEntries { [it, Files.readAllBytes(it)] }

        expect: 'damaged'
        change(dump)
        fetch() == 1
        wfumig.err.contains('source.sql.zst is damaged')

        and: 'damaged, and nothing noted'
        Files.delete(folder.resolve('.source.sql.zst.about'))
        fetch() == 7
        wfumig.err.contains('is damaged at byte')

        and: 'another one'
        Files.write(dump, Files.readAllBytes(folder.resolve('backup.sql.zst')))
        fetch() == 7
        wfumig.err.contains('its manifest says')

        and: 'with other rows'
        Files.write(dump, good[dump])
        Files.delete(folder.resolve('.source.manifest.json.about'))
        Files.writeString(manifest, new String(good[manifest]).replaceFirst('"sum" : \\d+', '"sum" : 1'))
        fetch() == 7
        wfumig.err.contains('holds other rows of')

        and: 'without its manifest'
        Files.delete(manifest)
        fetch() == 7
        wfumig.err.contains('has no manifest')

        and: 'as it was'
        Files.write(manifest, good[manifest])
        fetch() == 0
    }

    private int fetch() {
        wfumig.call('archive', 'fetch', wfumig.runId(), '--site', '43', '--into', wfumig.home.resolve("fetched-${UUID.randomUUID()}").toString())
    }

    private static void change(Path file) {
        def bytes = Files.readAllBytes(file)
        bytes[bytes.length.intdiv(2)] ^= 1
        Files.write(file, bytes)
    }
}
