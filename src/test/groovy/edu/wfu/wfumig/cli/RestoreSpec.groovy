package edu.wfu.wfumig.cli

import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import spock.lang.Shared
import spock.lang.Specification

/** A dump goes back through staging, proof and cutover, when it is whole and the one that is meant. */
class RestoreSpec extends Specification {
    @Shared TestServer server = TestServer.embedded()
    @Shared Map<String, String> before
    @Shared Wfumig maker = new Wfumig()
    @Shared String made
    Wfumig wfumig = new Wfumig()

    def setupSpec() {
        server.drop('rest_staging')
        server.load('rest_dev', 'dev')
        server.load('rest_uat', 'uat')
        before = uat()
        configure(maker)
        assert maker.call('migrate', '5', '3', '--from', 'dev', '--to', 'uat', '--yes', '--archive', "${maker.home}/archive") == 0
        made = maker.runId()
        assert maker.call('archive', 'fetch', made, '--into', "${maker.home}/fetched") == 0
        assert maker.call('rollback') == 0
        assert changed() == []
    }

    def cleanupSpec() { server.drop('rest_dev', 'rest_uat', 'rest_staging') }

    def setup() {
        configure(wfumig)
        wfumig.state = maker.state // ids of runs are told apart within one folder
        server.sql("UPDATE rest_uat.wp_5_options SET option_value = 'broken' WHERE option_name = 'blogname'; DROP TABLE IF EXISTS rest_uat.wp_5_links; TRUNCATE rest_uat.wp_5_posts")
    }

    def cleanup() {
        if (changed() != []) {
            assert wfumig.call('site', 'restore', "$maker.home/fetched".toString(), '--site', '5', '--env', 'uat', '--yes', '--skip-archive') == 0
        }
        assert changed() == []
    }

    private void configure(Wfumig on) {
        [dev: 'rest_dev', uat: 'rest_uat', pprd: 'rest_dev'].each { name, schema ->
            [host: server.host(), port: server.port(), schema: schema, user: server.user(), secret: 'rest', url: "http://${name}.wfu.test"].each { field, value ->
                on.environment["WFUMIG_ENV_${name.toUpperCase()}_${field.toUpperCase()}".toString()] = value.toString()
            }
        }
        on.environment['WFUMIG_STAGING_SCHEMA'] = 'rest_staging'
        on.environment['WFUMIG_SECRET_REST'] = server.password()
    }

    private Map<String, String> uat() { server.sums('rest_uat', 'wp_5_') }

    private List<String> changed() {
        def now = uat()
        new ArrayList<String>((now.keySet() + before.keySet()).findAll { !it.endsWith(' definition') && now[it] != before[it] }).toSorted()
    }

    /** The newest run of that name. */
    private String run(String name) {
        Files.list(wfumig.state).withCloseable { it.map { it.fileName.toString() }.filter { it.startsWith(name) }.sorted().toList().last() }
    }

    /** A copy of what was fetched, to be spoilt. */
    private Path copy() {
        def folder = Files.createDirectories(wfumig.home.resolve('copy/site-5'))
        ['backup.sql.zst', 'backup.manifest.json'].each { Files.copy(maker.home.resolve("fetched/site-5/$it"), folder.resolve(it)) }
        folder.parent
    }

    def 'a backup comes back #how, and can be taken back itself'() {
        given:
        def broken = changed()

        expect:
        broken == ['rest_uat.wp_5_links', 'rest_uat.wp_5_options', 'rest_uat.wp_5_posts']
        wfumig.call('site', 'restore', *words(maker, made), '--env', 'uat', '--yes') == 0
        wfumig.out.contains('done and verified, 1 of 1 scope')
        wfumig.out.contains('read: a dump of site-5 from rest_uat on MariaDB')
        changed() == []
        wfumig.call('site', 'verify', '5', '--env', 'uat') == 0
        wfumig.call('rollback', run('restore-uat')) == 0
        changed() == broken

        where:
        how                   | words
        'from the archive'    | { maker, made -> [made, '--site', '5', '--archive', "$maker.home/archive".toString()] }
        'from a folder'       | { maker, made -> ["$maker.home/fetched".toString(), '--site', '5', '--skip-archive'] }
        'from a file'         | { maker, made -> ["$maker.home/fetched/site-5/backup.sql.zst".toString(), '--archive', "$maker.home/archive".toString()] }
    }

    def 'without an archive the backup is found in the work folder of its run'() {
        expect:
        wfumig.call('migrate', '5', '--from', 'dev', '--to', 'uat', '--yes', '--skip-archive') == 0
        wfumig.call('site', 'restore', run('dev-to-uat'), '--env', 'uat', '--yes', '--skip-archive') == 0
        changed() == ['rest_uat.wp_5_links', 'rest_uat.wp_5_options', 'rest_uat.wp_5_posts']
    }

    def 'tables that are no site come back by their names'() {
        given:
        wfumig.call('site', 'export', '--tables', 'wp_users,wp_usermeta', '--env', 'uat', '-o', "$wfumig.home/users.sql.zst")
        server.sql("UPDATE rest_uat.wp_users SET user_email = 'x'")

        expect:
        changed().contains('rest_uat.wp_users')
        wfumig.call('site', 'restore', "$wfumig.home/users.sql.zst", '--env', 'uat', '--yes', '--skip-archive') == 0
        !changed().contains('rest_uat.wp_users')
    }

    def 'dumps are readable for their owner alone, wherever the work folder is'() {
        given:
        def disk = wfumig.home.resolve('disk')

        expect:
        wfumig.call('site', 'restore', "$maker.home/fetched".toString(), '--site', '5', '--env', 'uat', '--yes', '--skip-archive', '--keep-files', '--work-dir', disk.toString()) == 0
        Files.walk(disk).withCloseable { it.filter { it.toString().endsWith('.sql.zst') }.map { it.fileName.toString() }.sorted().toList() } == ['backup.sql.zst', 'source.sql.zst']
        Files.walk(disk).withCloseable { it.filter { Files.isDirectory(it) }.map { PosixFilePermissions.toString(Files.getPosixFilePermissions(it)) }.toSet() } == ['rwx------'] as Set
        changed() == []
    }

    def 'refused before anything is touched: #what'() {
        given:
        def there = uat()
        def folder = copy()
        spoil(folder.resolve('site-5'))

        expect:
        wfumig.call('site', 'restore', folder.toString(), '--env', env, '--yes', '--skip-archive', *more) == code
        messages.every { (wfumig.err + wfumig.out).contains(it) }
        uat() == there
        server.rows("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'rest_staging' AND table_name LIKE 'wp%'")[0][0] == '0'

        where:
        what                           | env   | more            | code | spoil                                                                              | messages
        'no manifest'                  | 'uat' | []              | 7    | { Path it -> Files.delete(it.resolve('backup.manifest.json')) }                    | ['backup.manifest.json is not there']
        'no dump'                      | 'uat' | []              | 7    | { Path it -> Files.delete(it.resolve('backup.sql.zst')) }                          | ['backup.sql.zst is not there']
        'a truncated dump'             | 'uat' | []              | 1    | { Path it -> cut(it.resolve('backup.sql.zst')) }                                   | ['bytes, its manifest says']
        'a damaged dump'               | 'uat' | []              | 1    | { Path it -> flip(it.resolve('backup.sql.zst')) }                                  | ['is damaged at byte', 'in chunk 1 of 1 of wp_5_']
        'rows that were exchanged'     | 'uat' | []              | 7    | { Path it -> swap(it.resolve('backup.manifest.json')) }                            | ['holds other rows of wp_5_', 'at byte', 'in chunk 1 of 1']
        'another site in its place'    | 'uat' | []              | 2    | { Path it -> other(it) }                                                           | ['is a dump of site-3, its place says site-5']
        'another environment'          | 'pprd'| []              | 2    | { Path it -> }                                                                     | ['schema rest_uat', "'pprd' is schema rest_dev", '--from-elsewhere']
        'a site that is not there'     | 'uat' | ['--site', '8'] | 2    | { Path it -> }                                                                     | ['holds no site-8, only site-5']
        'a manifest that is no JSON'   | 'uat' | []              | 1    | { Path it -> Files.writeString(it.resolve('backup.manifest.json'), '{') }          | ['cannot be read']
    }

    static void cut(Path dump) { Files.write(dump, Arrays.copyOf(Files.readAllBytes(dump), 5000)) }

    static void flip(Path dump) {
        def bytes = Files.readAllBytes(dump)
        (bytes.length.intdiv(2)..<bytes.length.intdiv(2) + 64).each { bytes[it] = (byte) (bytes[it] ^ 0x55) }
        Files.write(dump, bytes)
    }

    static void swap(Path manifest) { Files.writeString(manifest, Files.readString(manifest).replaceFirst(/("sum" : )(-?\d+)/, '$1' + '12345')) }

    void other(Path folder) {
        ['backup.sql.zst', 'backup.manifest.json'].each { Files.copy(maker.home.resolve("fetched/site-3/$it"), folder.resolve(it), java.nio.file.StandardCopyOption.REPLACE_EXISTING) }
    }
}
