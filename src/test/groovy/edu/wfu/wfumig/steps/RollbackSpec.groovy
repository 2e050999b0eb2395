package edu.wfu.wfumig.steps

import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Victim
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import java.nio.file.Path
import java.util.function.BooleanSupplier
import spock.lang.IgnoreIf
import spock.lang.Shared
import spock.lang.Specification

/** The way back: from each point at which a run may stop, from kept tables, from backup dumps when those are gone. */
class RollbackSpec extends Specification {
    static final String OWN = "staging { schema 'back_staging' }"
    static final String BESIDE = ''
    @Shared TestServer server = TestServer.embedded()
    @Shared Map<String, String> before
    Wfumig wfumig = new Wfumig()

    def setupSpec() {
        fill(server)
        before = target(server)
    }

    /** A target that has sites 5, 22 and 43 like the source, and has never had sites 90 and 95; 95 is above all it ever had. */
    private static void fill(TestServer server) {
        server.drop('back_staging', 'back_uat', 'back_dev')
        server.load('back_dev', 'dev')
        server.load('back_uat', 'uat')
        tables(server, 'back_uat', 'wp_90_%').each { server.sql("DROP TABLE back_uat.`$it`") }
        server.sql('DELETE FROM back_uat.wp_blogs WHERE blog_id = 90')
        tables(server, 'back_dev', 'wp_90_%').each {
            def copy = it.replace('wp_90_', 'wp_95_')
            server.sql("CREATE TABLE back_dev.`$copy` LIKE back_dev.`$it`; INSERT INTO back_dev.`$copy` SELECT * FROM back_dev.`$it`")
        }
        server.sql("INSERT INTO back_dev.wp_blogs SELECT 95, site_id, domain, '/later/', registered, last_updated, public, archived, mature, spam, deleted, lang_id FROM back_dev.wp_blogs WHERE blog_id = 90")
    }

    /** Every feature leaves the target as it found it; one that did not is not to spoil the others. */
    def setup() {
        server.drop('back_staging')
        if (target(server) != before) {
            fill(server)
            before = target(server)
        }
    }

    def cleanupSpec() {
        server.drop('back_dev', 'back_uat', 'back_staging')
    }

    private static List<String> tables(TestServer server, String schema, String like) {
        server.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = '$schema' AND table_type = 'BASE TABLE' AND table_name LIKE '${like.replace('_', '\\\\_')}'")*.get(0)
    }

    private static Map<String, String> target(TestServer server) {
        server.picture(['back_uat']).findAll { !it.key.startsWith('back_uat.wfumig_') }
    }

    /** What is not as it was, and only that: a target has hundreds of tables. */
    private static Map<String, List<String>> changed(TestServer server, Map<String, String> then) {
        def now = target(server)
        (now.keySet() + then.keySet()).findAll { now[it] != then[it] }.collectEntries { [it, [now[it], then[it]]] }
    }

    private boolean asBefore() {
        def changed = changed(server, before)
        assert changed == [:]
        true
    }

    private String plan(String sites, String staging = OWN, boolean archived = true, TestServer on = server) {
        wfumig.plan("""
            migration('back') {
              ${wfumig.ends(on, 'back_dev', on, 'back_uat')}
              $staging
              sites { $sites }
              backup { dump() }
              ${archived ? "archive { directory '${wfumig.home}/archive' }" : ''}
            }""").toString()
    }

    private void killed(List<String> words, BooleanSupplier moment) {
        new Victim(wfumig, words).killedWhen(moment)
    }

    private void killedAfter(int events, String file) {
        killed(['run', file, '--yes']) {
            def journals = Files.isDirectory(wfumig.state) ? Files.list(wfumig.state).withCloseable { it.toList() }*.resolve('journal.jsonl').findAll { Files.exists(it) } : []
            journals && Files.readAllLines(journals[0]).size() >= events
        }
    }

    private List<String> keptSchemas() {
        server.rows("SHOW DATABASES LIKE 'back\\_uat\\_wfumig\\_kept%'")*.get(0)
    }

    /** The second command of a killed one may come before the server has noticed. */
    private int patiently(String... words) {
        for (int tried = 0; tried < 50; tried++) {
            int code = wfumig.call(words)
            if (code != 5) return code
            sleep 100
        }
        throw new AssertionError(wfumig.err)
    }

    def 'a run that is killed after #events events is rolled back: triggers, views, foreign keys, every byte'() {
        given:
        killedAfter(events, plan('sites 43'))

        expect:
        patiently('rollback') == 0
        asBefore()
        keptSchemas().isEmpty()
        tables(server, 'back_staging', '%') - 'wfumig_staged' == []

        where: 'after its start a lane has begun or ended export, stage, verify, backup, cutover (which takes a note), confirm, archive, clean'
        events << (System.getenv('WFUMIG_CRASHES') ? (3..20) : [6, 14])
    }

    def 'a run of a new site, and beside the target tables, that is killed after #events events is rolled back'() {
        given:
        killedAfter(events, plan('sites 95, 5', BESIDE))

        expect:
        patiently('rollback') == 0
        asBefore()

        where: 'the first lane has no backup step'
        events << (System.getenv('WFUMIG_CRASHES') ? [7, 10, 11, 12, 18, 22, 28] : [12])
    }

    def 'what was swept is staged again by a resume'() {
        given:
        killedAfter(8, plan('sites 5'))

        expect:
        patiently('rollback') == 0
        wfumig.out.contains('Nothing to roll back')
        wfumig.call('resume') == 0
        wfumig.out.contains('done and verified, 1 of 1 scope in')
        wfumig.call('rollback') == 0
        asBefore()
    }

    def 'when the kept tables are gone, the backup brings them back: #how'() {
        given:
        def file = plan('sites 5, 43, 95; networkTables()', staging, archived)

        expect:
        wfumig.call('run', file, '--yes') == 0
        wfumig.call('clean', '--now') == 0
        target(server) != before

        when:
        def code = wfumig.call('rollback')

        then:
        code == 0
        wfumig.out.contains('site-43 is as it was when it was backed up')
        wfumig.out.contains('site-95 is as it was before')
        asBefore()
        keptSchemas().isEmpty()
        tables(server, 'back_staging', '%') - 'wfumig_staged' == []
        !Files.exists(wfumig.run().resolve('work/fetched'))

        and:
        wfumig.call('rollback') == 0
        wfumig.out.contains('Nothing to roll back')

        where:
        how                                   | staging | archived
        'from the archive'                    | OWN     | true
        'from the work folder'                | OWN     | false
        'from the archive, beside the target' | BESIDE  | true
    }

    @IgnoreIf(value = { !TestServer.noMysql9().isEmpty() }, reason = 'no MySQL 9 here: Debian packages cannot be had')
    def 'a backup of MySQL brings back the tables of MySQL'() {
        given:
        def mysql = TestServer.mysql9()
        fill(mysql)
        def there = target(mysql)
        def file = plan('sites 5, 43, 95; networkTables()', OWN, true, mysql)

        expect:
        wfumig.call('run', file, '--yes') == 0
        wfumig.call('clean', '--now') == 0
        wfumig.call('rollback') == 0

        when:
        def changed = changed(mysql, there)

        then:
        changed == [:]

        cleanup:
        mysql?.drop('back_dev', 'back_uat', 'back_staging')
    }

    def 'one site goes back from its backup and leaves the others'() {
        given:
        wfumig.call('run', plan('sites 5, 22'), '--yes')
        wfumig.call('clean', '--now')
        def after = target(server)

        expect:
        wfumig.call('rollback', '--sites', '5') == 0
        target(server).findAll { it.key.startsWith('back_uat.wp_5_') } == before.findAll { it.key.startsWith('back_uat.wp_5_') }
        target(server).findAll { !it.key.startsWith('back_uat.wp_5_') } == after.findAll { !it.key.startsWith('back_uat.wp_5_') }
        wfumig.call('rollback') == 0
        asBefore()
    }

    def 'what was written since is not thrown away unasked, whether tables are kept or not: #kept'() {
        given:
        wfumig.call('run', plan('sites 5, 22'), '--yes')
        if (!kept) wfumig.call('clean', '--now')
        server.sql("UPDATE back_uat.wp_22_options SET option_value = 'edited' WHERE option_name = 'blogname'; INSERT INTO back_uat.wp_5_termmeta (term_id, meta_key) VALUES (1, 'new')")
        def written = target(server)

        expect:
        wfumig.call('rollback') == 1
        wfumig.err.contains('tables were written since the cutover: ')
        wfumig.err.contains('wp_22_options')
        wfumig.err.contains('wp_5_termmeta')
        target(server) == written
        wfumig.call('rollback', '--discard-writes') == 0
        asBefore()

        where:
        kept << [true, false]
    }

    def 'without kept tables and without a backup it is said what is missing, and nothing is changed: #what'() {
        given:
        wfumig.call('run', plan('sites 5, 22', OWN, false), '--yes')
        wfumig.call('clean', '--now')
        def folder = wfumig.run().resolve('work/site-22')
        spoil(folder)
        def after = target(server)

        expect:
        wfumig.call('rollback') == code
        messages.every { wfumig.err.contains(it) }
        target(server).findAll { it.key.contains('wp_22_') } == after.findAll { it.key.contains('wp_22_') }
        code == 1 && what != 'damaged' ? target(server) == after : true
        wfumig.call('rollback', '--sites', '5') == 0

        cleanup:
        fill(server)

        where:
        what             | spoil                                                                                 | code | messages
        'no dump'        | { Path it -> Files.delete(it.resolve('backup.manifest.json')) }                       | 1    | ['the old tables of site-22 were dropped already', 'work/site-22/backup.sql.zst is not there', 'the plan names no archive']
        'a cut dump'     | { Path it -> cut(it.resolve('backup.sql.zst')) }                                      | 1    | ['its manifest says']
        'a lost table'   | { Path it -> lose(it.resolve('backup.manifest.json')) }                               | 1    | ['its backup lacks wp_22_posts']
        'damaged'        | { Path it -> flip(it.resolve('backup.sql.zst')) }                                     | 1    | ['is damaged at byte']
    }

    static void cut(Path dump) {
        Files.write(dump, Arrays.copyOf(Files.readAllBytes(dump), 5000))
    }

    static void flip(Path dump) {
        def bytes = Files.readAllBytes(dump)
        (bytes.length.intdiv(2)..<bytes.length.intdiv(2) + 64).each { bytes[it] = (byte) (bytes[it] ^ 0x55) }
        Files.write(dump, bytes)
    }

    static void lose(Path manifest) {
        Files.writeString(manifest, Files.readString(manifest).replace('"name" : "wp_22_posts"', '"name" : "wp_22_other"'))
    }

    def 'a rollback that is killed #when is done by the next one'() {
        given:
        wfumig.call('run', plan('sites 43'), '--yes')
        if (!kept) wfumig.call('clean', '--now')
        killed(['rollback']) { moment(server) }

        expect:
        patiently('rollback') == 0
        asBefore()

        where:
        when                                     | kept  | moment
        'while it restores'                      | false | { it.rows("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema LIKE 'back\\_uat\\_wfumig\\_kept%'")[0][0].toInteger() > 1 }
        'when all tables are restored'           | false | { it.rows("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema LIKE 'back\\_uat\\_wfumig\\_kept%'")[0][0].toInteger() > 18 }
        'behind the swap from a backup'          | false | { tables(it, 'back_staging', 'wp_43_posts') as boolean }
        'behind the swap from kept tables'       | true  | { tables(it, 'back_staging', 'wp_43_posts') as boolean }
    }

    def 'what another run had staged when it died does not hide that a cutover stands'() {
        given:
        wfumig.call('run', plan(sites), '--yes')
        def first = wfumig.runId()
        sleep 1100
        def dead = new Wfumig()
        def mine = wfumig
        wfumig = dead
        killedAfter(8, plan(sites))
        wfumig = mine

        expect:
        tables(server, 'back_staging', 'wp_%')
        patiently('rollback', first) == 0
        asBefore()

        where:
        sites << (System.getenv('WFUMIG_CRASHES') ? ['sites 5', 'sites 95'] : ['sites 95'])
    }
}
