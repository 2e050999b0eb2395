package edu.wfu.wfumig.cli

import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Victim
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import java.nio.file.Path
import java.util.zip.GZIPOutputStream
import spock.lang.Shared
import spock.lang.Specification

/** A dump that others made comes in through a schema of wfumig's own, whole or not at all. */
class ImportSpec extends Specification {
    static final Path FILE = Path.of('src/test/resources/foreign/mariadb-dump.sql')
    @Shared TestServer server = TestServer.embedded()
    @Shared Map<String, String> before
    Wfumig wfumig = new Wfumig()

    def setupSpec() {
        server.drop('imp_staging', 'imp_uat')
        server.load('imp_uat', 'uat')
        before = uat()
    }

    def cleanupSpec() { server.drop('imp_uat', 'imp_staging') }

    def setup() {
        [host: server.host(), port: server.port(), schema: 'imp_uat', user: server.user(), secret: 'imp', url: 'http://uat.wfu.test'].each { field, value ->
            wfumig.environment["WFUMIG_ENV_UAT_${field.toUpperCase()}".toString()] = value.toString()
        }
        wfumig.environment['WFUMIG_STAGING_SCHEMA'] = 'imp_staging'
        wfumig.environment['WFUMIG_SECRET_IMP'] = server.password()
    }

    private Map<String, String> uat() { server.sums('imp_uat', 'wp_5_') }

    private void asBefore() {
        def now = uat()
        assert (now.keySet() + before.keySet()).findAll { now[it] != before[it] } == [] as Set
    }

    private List<String> intakes() { server.rows("SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'imp\\_uat\\_wfumig\\_intake%'")*.get(0) }

    private Path file(String text, String name = 'dump.sql') { Files.writeString(wfumig.home.resolve(name), text) }

    private List<String> option(String name) { server.rows("SELECT option_value FROM imp_uat.wp_5_options WHERE option_name = '$name'")*.get(0) }

    private static byte[] gzip(byte[] text) {
        def out = new ByteArrayOutputStream()
        new GZIPOutputStream(out).withCloseable { it.write(text) }
        out.toByteArray()
    }

    def 'what mariadb-dump wrote comes in as it is: #packed'() {
        given:
        def path = wfumig.home.resolve('site5.sql')
        Files.write(path, pack(Files.readAllBytes(FILE)))

        expect:
        wfumig.call('site', 'import', path.toString(), '--env', 'uat', '--yes', '--skip-archive') == 0
        wfumig.out.contains('left out')
        wfumig.out.contains('done and verified, 1 of 1 scope')
        option('blogname') == ['it\'s "quoted"; -- not a comment /* nor this */ {d \'2020-01-01\'} \\ ümläut 漢字 🎓']
        option('widget_text') == ["a:1:{s:3:\"key\";s:16:\"line\r\nwith\ttabs;;\";}"]
        server.rows("SELECT HEX(option_value) FROM imp_uat.wp_5_options WHERE option_name = 'binary'") == [['6100621A63']]
        server.rows("SELECT id, CAST(placed AS CHAR), total, HEX(raw), flags + 0, double_total FROM imp_uat.wp_5_orders") ==
                [['1', '0000-00-00 00:00:00', '-1.25', '00FF27', '3', '-2.50'], ['2', '2024-02-29 10:00:00', null, null, null, null]]
        server.rows("SELECT event_object_table, sql_mode FROM information_schema.triggers WHERE trigger_schema = 'imp_uat' AND trigger_name = 'wp_5_orders_stamp'") == [['wp_5_orders', 'STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION']]
        server.rows("SELECT COUNT(*) FROM imp_uat.wp_5_v_paid") == [['0']]
        server.rows("SHOW PROCEDURE STATUS WHERE Name = 'everything'").isEmpty()
        intakes().isEmpty()
        wfumig.call('site', 'verify', '5', '--env', 'uat') == 0
        wfumig.call('rollback', Files.list(wfumig.state).withCloseable { it.map { it.fileName.toString() }.filter { it.startsWith('import') }.toList()[0] }) == 0
        asBefore()

        where:
        packed << ['plain', 'gzip', 'zstd']
        pack << [{ it }, { gzip(it) }, { com.github.luben.zstd.Zstd.compress(it) }]
    }

    def 'refused, and the target is untouched: #what'() {
        given:
        def path = wfumig.home.resolve('bad.sql')
        Files.write(path, spoil(Files.readAllBytes(FILE)))

        expect:
        wfumig.call('site', 'import', path.toString(), '--env', 'uat', '--yes', '--skip-archive', *more) == code
        messages.every { wfumig.err.contains(it) }
        !(wfumig.out + wfumig.err).contains('hunter2')
        asBefore()
        intakes().isEmpty()
        !Files.exists(wfumig.state) || Files.list(wfumig.state).withCloseable { it.count() } == 0

        where:
        what                        | more                | code | spoil                                                                             | messages
        'no end marker'             | []                  | 2    | { byte[] it -> cut(it, it.length - 42) }                                          | ['does not say at its end that it is whole', '--no-end-marker']
        'cut off in a string'       | ['--no-end-marker'] | 2    | { byte[] it -> cut(it, 2700) }                                                    | ['the file ends within']
        'cut off behind a row'      | ['--no-end-marker'] | 2    | { byte[] it -> upTo(it, "wfu.test/five','yes')") }                                 | ['bad.sql:51: the file ends within a statement: INSERT INTO', 'behind every statement']
        'a packed file, cut off'    | []                  | 2    | { byte[] it -> cut(gzip(it), 900) }                                               | ['cannot be read to its end']
        'zstd, cut off'             | []                  | 2    | { byte[] it -> cut(com.github.luben.zstd.Zstd.compress(it), 900) }                | ['cannot be read to its end']
        'another schema'            | []                  | 2    | { byte[] it -> with(it, 'INSERT INTO imp_uat.wp_users VALUES (1);') }             | ['bad.sql:20: a name of another schema: INSERT INTO imp_uat.wp_users', 'take it out of the file']
        'another kind'              | []                  | 2    | { byte[] it -> with(it, "GRANT ALL ON *.* TO x;") }                               | ['bad.sql:20: a statement that dumps do not have: GRANT ALL']
        'a password'                | []                  | 2    | { byte[] it -> with(it, "CREATE USER x IDENTIFIED BY 'hunter2';") }               | ['bad.sql:20: a CREATE of what is no table: CREATE USER x IDENTIFIED BY …']
        'what nobody understands'   | []                  | 1    | { byte[] it -> with(it, "INSERT INTO wp_5_x VALUES (1 1,'hunter2');") }           | ['bad.sql:20: while running it the server said', 'INSERT INTO wp_5_x VALUES (1 1,…']
        'what the server refuses'   | []                  | 1    | { byte[] it -> with(it, 'INSERT INTO nothing VALUES (1);') }                      | ['bad.sql:20: while running it the server said', 'INSERT INTO nothing']
        'no site of it is known'    | []                  | 2    | { byte[] it -> new String(it, 'UTF-8').replace('wp_5_', 'wp_777_').getBytes('UTF-8') } | ["the file has no tables of a site that 'uat' or the file itself knows"]
        'a site that it has not'    | ['--site', '3']     | 2    | { byte[] it -> it }                                                               | ['the file has no table of site 3', 'one of [5]']
        'nobody says yes'           | ['--confirm', 'x']  | 2    | { byte[] it -> it }                                                               | ["--confirm names 'x'"]
    }

    static byte[] cut(byte[] bytes, int length) { Arrays.copyOf(bytes, length) }

    static byte[] upTo(byte[] bytes, String end) {
        def text = new String(bytes, 'UTF-8')
        text.substring(0, text.indexOf(end) + end.length()).getBytes('UTF-8')
    }

    static byte[] with(byte[] bytes, String statement) {
        def lines = new String(bytes, 'UTF-8').readLines()
        lines.add(19, statement)
        lines.join('\n').getBytes('UTF-8')
    }

    def 'tables that are no site come by their names; a string of megabytes too'() {
        given:
        def big = 'x' * (3 << 20)
        def path = file("CREATE TABLE notes (id INT PRIMARY KEY, text LONGTEXT);\nINSERT INTO notes VALUES (1,'$big'),(2,'http://old.test/a');\n-- Dump completed\n")

        expect:
        wfumig.call('site', 'import', path.toString(), '--env', 'uat', '--tables', 'notes', '--replace', 'old.test=new.test', '--yes', '--skip-archive') == 0
        server.rows('SELECT id, LENGTH(text) FROM imp_uat.notes') == [['1', "${3 << 20}".toString()], ['2', '17']]
        server.rows('SELECT text FROM imp_uat.notes WHERE id = 2') == [['http://new.test/a']]
        wfumig.call('rollback') == 0
        asBefore()
    }

    def 'an account that may not make schemas is told what to grant'() {
        given:
        server.sql("CREATE OR REPLACE USER imp_small@'%' IDENTIFIED BY 'small'; GRANT ALL ON imp_uat.* TO imp_small@'%'")
        wfumig.environment['WFUMIG_ENV_UAT_USER'] = 'imp_small'
        wfumig.environment['WFUMIG_SECRET_IMP'] = 'small'

        expect:
        wfumig.call('site', 'import', FILE.toString(), '--env', 'uat', '--yes', '--skip-archive') == 1
        wfumig.err.contains('GRANT CREATE ON *.* TO')
        wfumig.err.contains('GRANT INSERT ON `imp\\_uat\\_wfumig\\_intake\\_%`.*')

        cleanup:
        server.sql("DROP USER imp_small@'%'")
    }

    def 'an import that is killed leaves nothing that the next one does not sweep, and its run goes on'() {
        given: 'one that is killed while it takes the file in'
        def rows = (1..200_000).collect { "($it,'${'y' * 80}')" }.collate(2000).collect { "INSERT INTO notes VALUES ${it.join(',')};" }
        def large = file("CREATE TABLE notes (id INT PRIMARY KEY, text LONGTEXT);\n${rows.join('\n')}\n-- Dump completed\n", 'large.sql')
        def words = ['site', 'import', large.toString(), '--env', 'uat', '--tables', 'notes', '--yes', '--skip-archive']
        def second = 0
        new Victim(wfumig, words).killedWhen {
            if (!intakes() || server.rows("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '${intakes()[0]}'")[0][0] == '0') return false
            second = wfumig.call(*words)
            true
        }

        expect: 'the same file was refused meanwhile, and what was there of it was not dropped'
        second == 5
        intakes().size() == 1

        when: 'another one that is killed in its run'
        def other = file(Files.readString(FILE))
        def again = ['site', 'import', other.toString(), '--env', 'uat', '--yes', '--skip-archive']
        new Victim(wfumig, again).killedWhen {
            def journals = Files.isDirectory(wfumig.state) ? Files.list(wfumig.state).withCloseable { it.toList() }*.resolve('journal.jsonl').findAll { Files.exists(it) } : []
            journals && Files.readAllLines(journals[0]).size() >= 6
        }

        then: 'it swept the first, and what its run may go on from is not filled anew'
        intakes().size() == 1
        patiently(*again) == 2
        patiently(*again, '--dry-run') == 2
        wfumig.err.contains("${wfumig.runId()} may go on from it")
        wfumig.err.contains("wfumig resume ${wfumig.runId()}")
        server.rows("SELECT run FROM ${intakes()[0]}.wfumig_intake") == [[wfumig.runId()]]

        when: 'it is another run that has filled it'
        server.sql("UPDATE ${intakes()[0]}.wfumig_intake SET run = 'another'")

        then:
        patiently('resume') == 6
        wfumig.err.contains('was filled anew, for another')
        asBefore()

        when:
        server.sql("UPDATE ${intakes()[0]}.wfumig_intake SET run = '${wfumig.runId()}'")

        then:
        patiently('resume') == 0
        intakes().isEmpty()
        option('home') == ['http://uat.wfu.test/five']
        wfumig.call('rollback') == 0
        asBefore()
    }

    def 'nothing is written to the server before somebody says so: #how'() {
        given: 'what a dead import left there, which an import sweeps before anything else'
        server.sql('CREATE DATABASE IF NOT EXISTS imp_uat_wfumig_intake_0dead000')
        def words = ['site', 'import', FILE.toString(), '--env', 'uat', '--skip-archive']
        if (guarded) {
            words += ['--plan', wfumig.plan("migration('guarded') { ${wfumig.ends(server, 'imp_dev', server, 'imp_uat').replace("url 'http://uat", "protect { confirm() }; url 'http://uat")}; sites { all() } }").toString()]
        }

        expect:
        wfumig.call(*words, *more) == 2
        wfumig.err.contains(message)
        intakes() == ['imp_uat_wfumig_intake_0dead000']
        wfumig.call(*words, '--confirm', 'uat', '--dry-run') == 0
        wfumig.out.contains('source  imp_uat_wfumig_intake_')
        intakes().isEmpty()
        !Files.exists(wfumig.state) || Files.list(wfumig.state).withCloseable { it.count() } == 0
        asBefore()

        where:
        how                      | guarded | more                   || message
        'a dry run'              | false   | ['--dry-run']          || "needs a yes"
        'a protected one'        | true    | ['--yes']              || "'uat' is protected"
        'a protected one, dry'   | true    | ['--yes', '--dry-run'] || "'uat' is protected"
        'a protected one, tried' | true    | ['--yes', '--rehearse']|| "'uat' is protected"
    }

    private int patiently(String... words) {
        for (int tried = 0; tried < 50; tried++) {
            int code = wfumig.call(words)
            if (code != 5) return code
            sleep 100
        }
        throw new AssertionError(wfumig.err)
    }
}
