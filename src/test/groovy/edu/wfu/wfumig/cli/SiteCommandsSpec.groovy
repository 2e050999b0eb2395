package edu.wfu.wfumig.cli

import edu.wfu.wfumig.dump.DumpCheck
import edu.wfu.wfumig.dump.Manifest
import edu.wfu.wfumig.support.Bytes
import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import spock.lang.Shared
import spock.lang.Specification

/** What a plan does, and each step of it, without a plan file. */
class SiteCommandsSpec extends Specification {
    @Shared TestServer server = TestServer.embedded()
    @Shared Map<String, String> before
    Wfumig wfumig = new Wfumig()

    def setupSpec() {
        server.drop('hand_staging')
        server.load('hand_dev', 'dev')
        server.load('hand_uat', 'uat')
        before = uat()
    }

    def cleanupSpec() { server.drop('hand_dev', 'hand_uat', 'hand_staging') }

    def setup() {
        configured('dev', 'hand_dev', 'http://dev.wfu.test')
        configured('uat', 'hand_uat', 'http://uat.wfu.test')
        wfumig.environment['WFUMIG_STAGING_SCHEMA'] = 'hand_staging'
        wfumig.environment['WFUMIG_SECRET_HAND'] = server.password()
    }

    private void configured(String name, String schema, String url) {
        [host: server.host(), port: server.port(), schema: schema, user: server.user(), secret: 'hand', url: url].each { field, value ->
            wfumig.environment["WFUMIG_ENV_${name.toUpperCase()}_${field.toUpperCase()}".toString()] = value.toString()
        }
    }

    private Map<String, String> uat(String tables = '') {
        server.sums('hand_uat', 'wp_5_').findAll { it.key.contains(tables) }
    }

    private void asBefore() {
        def now = uat()
        assert (now.keySet() + before.keySet()).findAll { now[it] != before[it] } == [] as Set
    }

    private String home(String site) { server.rows("SELECT option_value FROM hand_uat.wp_${site}_options WHERE option_name = 'home'")[0][0] }

    private List<String> steps(Path run = wfumig.run()) {
        Files.readAllLines(run.resolve('journal.jsonl')).findAll { it.contains('step-done') }.collect { (it =~ /"step" ?: ?"([^"]+)"/)[0][1] as String }
    }

    /** The newest run of that name. */
    private String run(String name) {
        Files.list(wfumig.state).withCloseable { it.map { it.fileName.toString() }.filter { it.startsWith(name) }.sorted().toList().last() }
    }

    private Path archive() { wfumig.home.resolve('archive') }

    def 'migrate moves a site as a plan does: archived, reported, rolled back'() {
        expect:
        wfumig.call('migrate', '5', '--from', 'dev', '--to', 'uat', '--yes', '--archive', archive().toString()) == 0
        wfumig.out.contains('done and verified, 1 of 1 scope')
        wfumig.runId().startsWith('dev-to-uat-')
        steps() == ['preflight', 'site-5/export', 'site-5/stage', 'site-5/verify', 'site-5/backup', 'site-5/cutover', 'site-5/confirm', 'site-5/archive', 'site-5/clean']
        Bytes.filesBelow(archive()).findAll { it.endsWith('.sql.zst') }.collect { it.replaceAll('.*/', '') }.sort() == ['backup.sql.zst', 'migrated.sql.zst', 'source.sql.zst']
        uat('wp_5_') != before.findAll { it.key.contains('wp_5_') }
        home('5').startsWith('http://uat.wfu.test')
        wfumig.call('report') == 0
        wfumig.call('site', 'verify', '5', '--env', 'uat') == 0
        wfumig.call('rollback', run('dev-to-uat')) == 0
        asBefore()
    }

    def 'migrate with #options leaves out what it is told to'() {
        expect:
        wfumig.call('migrate', '5', '--from', 'dev', '--to', 'uat', '--yes', *options) == 0
        wfumig.err.contains('Nothing will be archived') == said
        steps().contains('site-5/backup') == backup
        steps().contains('site-5/archive') == archived
        Files.exists(wfumig.run().resolve('work/site-5/source.sql.zst')) == files
        wfumig.call('rollback') == 0
        asBefore()

        where:
        options                                              || backup | archived | files | said
        ['--skip-backup']                                    || false  | false    | false | true
        ['--skip-archive']                                   || true   | false    | false | false
        ['--keep-files', '--archive', 'target/hand-archive'] || true   | true     | true  | false
    }

    def 'migrate is refused, and nothing is written: #words'() {
        expect:
        wfumig.call('migrate', *words.split(' ')) == 2
        wfumig.err.contains(message)
        !wfumig.err.contains('.groovy')
        !Files.exists(wfumig.state) || Files.list(wfumig.state).withCloseable { it.count() } == 0
        asBefore()

        where:
        words                                || message
        '5 --from dev --to uat'              || "what changes 'uat' needs a yes"
        '5 --from dev --to pprd --yes'       || "of the environment 'pprd' no host is configured"
        '777 --from dev --to uat --yes'      || "site 777 is not in the source's wp_blogs"
        '5 --from dev --to dev --yes'        || "source and target are both 'dev'"
        '--from dev --to uat --yes'          || "Missing required parameter: 'SITE'"
    }

    def 'environments, protection and staging come from a plan when it is named'() {
        given:
        def plan = wfumig.plan("""
            migration('other') {
              ${wfumig.ends(server, 'hand_dev', server, 'hand_uat').replace("url 'http://uat.wfu.test'", "url 'http://uat.wfu.test'; protect { requireRehearsal within: 1.hours }")}
              staging { schema 'hand_staging' }
              sites { all() }
              archive { directory '${archive()}' }
            }""").toString()
        wfumig.environment.keySet().removeIf { it.startsWith('WFUMIG_ENV') || it.startsWith('WFUMIG_STAGING') }
        def words = ['migrate', '5', '--from', 'dev', '--to', 'uat', '--plan', plan]

        expect:
        wfumig.call(*words, '--yes') == 2
        wfumig.err.contains("'uat' is protected")
        wfumig.call(*words, '--confirm', 'uat') == 6
        wfumig.err.contains("wfumig migrate 5 --from dev --to uat --plan $plan --confirm uat")
        wfumig.err.contains('--rehearse')
        wfumig.call(*words, '--rehearse') == 0
        asBefore()
        wfumig.call(*words, '--confirm', 'uat') == 0
        wfumig.out.contains("dumps are archived in ${archive()}")
        wfumig.call('rollback', '--confirm', 'uat') == 0
        asBefore()
    }

    def 'export writes a dump that proves itself, by an account that may only read, and leaves no trace'() {
        given:
        server.sql("CREATE OR REPLACE USER hand_reader@'%' IDENTIFIED BY 'reading'; GRANT SELECT, SHOW VIEW, TRIGGER ON hand_dev.* TO hand_reader@'%'")
        wfumig.environment['WFUMIG_ENV_DEV_USER'] = 'hand_reader'
        wfumig.environment['WFUMIG_SECRET_HAND'] = 'reading'
        def there = server.picture(['hand_dev'])
        def file = wfumig.home.resolve('five.sql.zst')

        expect:
        wfumig.call('site', 'export', '5', '--env', 'dev', '-o', file.toString()) == 0
        wfumig.out.contains("the dump goes to $file")
        wfumig.out.contains(': done, 1 of 1 scope')
        DumpCheck.of(file).rows() == server.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'hand_dev' AND table_type = 'BASE TABLE' AND table_name LIKE 'wp\\_5\\_%'")
                .sum { server.rows("SELECT COUNT(*) FROM hand_dev.`${it[0]}`")[0][0].toLong() }
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)) == 'rw-------'
        server.picture(['hand_dev']) == there
        !Files.exists(wfumig.run().resolve('work'))

        when: 'what is there is not replaced'
        def bytes = Files.readAllBytes(file)

        then:
        wfumig.call('site', 'export', '5', '--env', 'dev', '-o', file.toString()) == 2
        wfumig.err.contains("$file is there already")
        Files.readAllBytes(file) == bytes
        wfumig.call('site', 'export', '5', '3', '--env', 'dev', '-o', "${wfumig.home}/out") == 0
        Bytes.filesBelow(wfumig.home.resolve('out')).sort() == ['site-3.manifest.json', 'site-3.sql.zst', 'site-5.manifest.json', 'site-5.sql.zst']
        wfumig.call('site', 'export', '--tables', 'wp_users,wp_5_*', '--env', 'dev', '-o', "${wfumig.home}/out/") == 0
        DumpCheck.of(wfumig.home.resolve('out/tables.sql.zst')).tables()*.name().contains('wp_users')
        wfumig.call('site', 'export', '--env', 'dev', '-o', "${wfumig.home}/out/") == 2
        wfumig.err.contains('neither sites nor --tables')

        cleanup:
        server.sql("DROP USER hand_reader@'%'")
    }

    def 'backup dumps what is there into the archive'() {
        expect:
        wfumig.call('site', 'backup', '5', '--env', 'uat') == 2
        wfumig.err.contains('there is no archive to back up into')
        wfumig.call('site', 'backup', '5', '--env', 'uat', '--archive', archive().toString()) == 0
        steps() == ['preflight', 'site-5/backup', 'site-5/archive', 'site-5/clean']
        !Files.exists(wfumig.run().resolve('work'))
        wfumig.call('archive', 'fetch', wfumig.runId(), '--into', "${wfumig.home}/back") == 0
        wfumig.call('archive', 'list', '--archive', archive().toString(), '--site', '5') == 0
        wfumig.out.contains(wfumig.runId())
        wfumig.call('archive', 'list') == 2
        wfumig.err.contains('no archive is configured, and no plan is named')
        Manifest.of(wfumig.home.resolve('back/site-5/backup.sql.zst')).schema() == 'hand_uat'
        asBefore()
    }

    def 'verify holds live tables against what a run brought, or a dump, and says which differ'() {
        given:
        def dump = "${wfumig.home}/uat5.sql.zst".toString()

        expect:
        wfumig.call('site', 'verify', '5', '--env', 'uat') == 2
        wfumig.err.contains("no run into 'uat' stands that brought site-5")
        wfumig.call('site', 'export', '5', '--env', 'uat', '-o', dump) == 0
        wfumig.call('site', 'verify', '5', '--env', 'uat', '--against', dump) == 0
        wfumig.out.contains('done and verified')
        wfumig.call('migrate', '5', '--from', 'dev', '--to', 'uat', '--yes', '--skip-archive') == 0
        wfumig.call('site', 'verify', '5', '--env', 'uat') == 0
        wfumig.out.contains("what ${run('dev-to-uat')} brought")
        wfumig.call('site', 'verify', '5', '--env', 'uat', '--against', run('dev-to-uat')) == 0
        wfumig.call('site', 'verify', '5', '--env', 'uat', '--against', dump) == 7
        wfumig.call('site', 'verify', '3', '--env', 'uat', '--against', dump) == 2
        wfumig.err.contains('is a dump of site-5')

        when: 'somebody writes'
        server.sql("UPDATE hand_uat.wp_5_options SET option_value = 'edited' WHERE option_name = 'blogname'; DROP TABLE hand_uat.wp_5_links")

        then:
        wfumig.call('site', 'verify', '5', '--env', 'uat') == 7
        wfumig.out.contains('site-5 is not in uat as it should be: tables are missing: [wp_5_links]')
        server.sql('CREATE TABLE hand_uat.wp_5_links LIKE hand_dev.wp_5_links; INSERT INTO hand_uat.wp_5_links SELECT * FROM hand_dev.wp_5_links') == null
        wfumig.call('site', 'verify', '5', '--env', 'uat') == 7
        wfumig.out.contains('wp_5_options holds other values')
        !wfumig.out.contains('wp_5_posts holds')
        wfumig.call('rollback', run('dev-to-uat'), '--discard-writes') == 0
        asBefore()
    }

    def '#command rewrites a site where it is: as if it had been migrated'() {
        given: 'what a migration makes of it, then the same site copied as it was'
        wfumig.call('migrate', '5', '--from', 'dev', '--to', 'uat', '--yes', '--skip-archive')
        def migrated = rows()
        def first = run('dev-to-uat')
        def tables = server.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'hand_dev' AND table_type = 'BASE TABLE' AND table_name LIKE 'wp\\_5\\_%'")*.get(0)
        tables.each { server.sql("TRUNCATE hand_uat.`$it`; INSERT INTO hand_uat.`$it` SELECT * FROM hand_dev.`$it`") }
        def copied = uat('wp_5_')

        expect:
        home('5').startsWith('http://dev.wfu.test')
        wfumig.call(*command.split(' '), '--from', 'dev', '--to', 'uat', '--yes', '--archive', archive().toString(), '--replace', 'Sample=Example') == 0
        home('5').startsWith('http://uat.wfu.test')
        wfumig.call('rollback', run('transform-uat')) == 0
        uat('wp_5_') == copied
        wfumig.call(*command.split(' '), '--from', 'dev', '--to', 'uat', '--yes', '--skip-archive') == 0
        rows() == migrated
        wfumig.call('rollback', run('transform-uat')) == 0
        wfumig.call('rollback', first, '--discard-writes') == 0
        asBefore()

        where:
        command << ['site transform 5', 'migrate 5 --simple']
    }

    def 'staging is looked after by the name of an environment, too'() {
        given: 'a rehearsal that failed midway leaves tables'
        server.sql('CREATE DATABASE IF NOT EXISTS hand_staging')
        wfumig.call('migrate', '5', '--from', 'dev', '--to', 'uat', '--rehearse')
        server.sql("CREATE TABLE hand_staging.wp_5_posts (a INT); INSERT INTO hand_staging.wfumig_staged VALUES ('wp_5_posts')")

        expect:
        wfumig.call('staging', 'status', '--env', 'uat') == 0
        wfumig.out.contains('1 tables are staged')
        wfumig.call('staging', 'clean', '--env', 'uat') == 0
        wfumig.out.contains('wp_5_posts')
        server.rows("SHOW TABLES FROM hand_uat LIKE 'wp_5_posts'").size() == 1
        server.rows("SELECT 1 FROM information_schema.tables WHERE table_schema = 'hand_staging' AND table_name = 'wp_5_posts'").isEmpty()
        wfumig.call('staging', 'status') == 2
        wfumig.err.contains('neither a plan nor an environment')
    }

    /** What is in the tables of site 5, whoever made them. */
    private Map<String, String> rows() {
        server.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'hand_uat' AND table_type = 'BASE TABLE' AND table_name LIKE 'wp\\_5\\_%'")*.get(0)
                .collectEntries { [it, server.rows("CHECKSUM TABLE hand_uat.`$it`")[0][1]] }
    }
}
