package edu.wfu.wfumig.cli

import edu.wfu.wfumig.support.FakeAws
import edu.wfu.wfumig.support.TestS3
import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

/** Secrets come from where they are configured, and are seen nowhere. */
class SecretSpec extends Specification {
    static final String MARKER = 'Marker-7f3a9c-never-to-be-seen'
    static final String WRONG = 'Wrong-5b1d-never-to-be-seen'

    @Shared TestServer server = TestServer.embedded()
    Wfumig wfumig = new Wfumig()

    def setupSpec() {
        server.load('hush_dev', 'dev')
        server.load('hush_uat', 'uat')
        server.sql("CREATE OR REPLACE USER 'hush'@'127.0.0.1' IDENTIFIED BY '$MARKER'; GRANT ALL PRIVILEGES ON *.* TO 'hush'@'127.0.0.1'")
    }

    def cleanupSpec() {
        server.sql("DROP USER 'hush'@'127.0.0.1'")
        server.drop('hush_dev', 'hush_uat', 'hush_staging')
    }

    private Path store() { wfumig.home.resolve('config/wfumig/secrets.json') }

    private int set(String name, String value, String... more) {
        wfumig.terminal.given = value
        wfumig.call(['secret', 'set', name, *more] as String[])
    }

    def 'a secret is set from standard input or typed twice, listed by its name, and removed'() {
        expect:
        set('uat-db', MARKER + '\n') == 0
        wfumig.out.contains("'uat-db' is in ${store()}")
        wfumig.call('secret', 'list') == 0
        wfumig.out.contains('looked up in this order: env, file, store')
        wfumig.out.contains('uat-db')

        when:
        wfumig.terminal.answers = [MARKER, MARKER]

        then:
        wfumig.call('secret', 'set', 'dev-db') == 0
        wfumig.terminal.questions == ["Value of 'dev-db': ", 'Once more: ']
        wfumig.call('secret', 'remove', 'uat-db') == 0
        wfumig.call('secret', 'remove', 'uat-db') == 2
        wfumig.err.contains('one of [dev-db]')
        !Files.readString(store()).contains(MARKER)
    }

    def 'refused: #what'() {
        given:
        wfumig.terminal.answers = answers
        wfumig.terminal.given = given

        expect:
        wfumig.call(words.split(' ')) == 2
        wfumig.err.contains(message)
        !wfumig.err.contains(MARKER)
        !Files.exists(store())

        where:
        what                        | words                                  | answers         | given  || message
        'a value on the line'       | "secret set uat-db $MARKER".toString() | null            | ''     || 'where every user of this machine can see it'
        'two different values'      | 'secret set uat-db'                    | [MARKER, 'b']   | ''     || 'two different values'
        'no value'                  | 'secret set uat-db'                    | null            | '\n'   || 'an empty value'
    }

    def 'a store with a passphrase opens with it alone'() {
        given:
        wfumig.environment['WFUMIG_PASSPHRASE'] = MARKER

        expect:
        set('uat-db', 'x', '--passphrase') == 0

        when: 'it is asked for'
        wfumig.environment.remove('WFUMIG_PASSPHRASE')
        wfumig.terminal.answers = ['value', 'value', MARKER]

        then: 'after the value'
        wfumig.call('secret', 'set', 'dev-db') == 0
        wfumig.terminal.questions.last() == 'Passphrase of the secrets: '

        when: 'nobody sits there'
        wfumig.terminal.answers = null

        then:
        set('third', 'x') == 1
        wfumig.err.contains('export WFUMIG_PASSPHRASE=')

        when:
        wfumig.environment['WFUMIG_PASSPHRASE'] = WRONG

        then:
        set('third', 'x') == 1
        wfumig.err.contains('the key does not open the store')
        set('third', 'x', '--passphrase') == 2
        !Files.readString(store()).contains(MARKER)
    }

    def 'a run takes its passwords from #where'() {
        given:
        def aws = new FakeAws()
        def file = plan('')
        wfumig.environment.keySet().removeIf { it.startsWith('WFUMIG_SECRET_') }
        prepare.call(wfumig, aws)

        expect:
        wfumig.call('plan', file) == 0

        cleanup:
        aws.close()

        where:
        where                 | prepare
        'the store'           | { w, a -> ['source', 'target'].each { w.terminal.given = MARKER; w.call('secret', 'set', it) } }
        'files'               | { w, a -> ['source', 'target'].each { n -> w.environment["WFUMIG_SECRET_${n.toUpperCase()}_FILE".toString()] = Files.writeString(w.home.resolve(n), MARKER).toString() } }
        'AWS Secrets Manager' | { w, a ->
            ['source', 'target'].each { a.secrets["wfu/$it".toString()] = [SecretString: MARKER] }
            w.environment += [WFUMIG_SECRETS_SOURCES: 'env, aws', WFUMIG_SECRETS_AWS_REGION: 'us-east-1', WFUMIG_SECRETS_AWS_PREFIX: 'wfu/', WFUMIG_SECRETS_AWS_ENDPOINT: a.endpoint()]
        }
    }

    def 'an unknown place is refused'() {
        given:
        wfumig.environment['WFUMIG_SECRETS_SOURCES'] = 'env, vault'

        expect:
        wfumig.call('plan', plan('')) == 2
        wfumig.err.contains("secrets.sources names 'vault'")
    }

    private String plan(String more) {
        def text = """
            migration('hush') {
              ${wfumig.ends(server, 'hush_dev', server, 'hush_uat').replaceAll("user '\\w+'", "user 'hush'")}
              staging { schema 'hush_staging' }
              sites { sites 3, 22 }
              backup { dump() }
              $more
            }"""
        wfumig.plan(text).toString()
    }

    def 'whatever is done, and whatever goes wrong, no secret is seen'() {
        given:
        def s3 = new TestS3()
        def file = plan(s3.block())
        wfumig.environment.keySet().removeIf { it.startsWith('WFUMIG_SECRET_') }
        ['source': MARKER, 'target': MARKER, 's3-access': TestS3.ACCESS, 's3-secret': TestS3.SECRET].each { name, value -> assert set(name, value) == 0 }
        wfumig.terminal.given = ''
        def said = new ByteArrayOutputStream()
        def before = [System.out, System.err]
        System.setOut(new PrintStream(said, true))
        System.setErr(new PrintStream(said, true))
        def heard = []
        def call = { int code, String... words ->
            def got = wfumig.call(words)
            heard << wfumig.out << wfumig.err
            assert [words.toList(), got, wfumig.err] == [words.toList(), code, wfumig.err]
        }
        server.sql("CREATE TABLE hush_dev.wp_22_clash (u VARCHAR(50) PRIMARY KEY); INSERT INTO hush_dev.wp_22_clash VALUES ('dev.wfu.test'), ('uat.wfu.test')")
        def saved = wfumig.home.resolve('saved.json').toString()

        when:
        call(0, 'plan', file, '--out', saved, '--debug')
        call(0, 'plan', file, '--format', 'json')
        call(3, 'run', saved, '--yes', '--debug')
        call(3, 'resume', '--debug')
        server.sql('DROP TABLE hush_dev.wp_22_clash')
        call(0, 'status', '--json')
        call(0, 'report', '--format', 'html')
        call(0, 'logs', wfumig.runId(), '22')
        call(0, 'archive', 'list', file)
        call(0, 'archive', 'fetch', wfumig.runId(), '--into', wfumig.home.resolve('fetched').toString(), '--debug')
        call(0, 'rollback', '--debug')
        call(0, 'run', file, '--yes', '--json')
        call(0, 'clean', '--now', '--debug')
        call(0, 'rollback')
        call(0, 'mark', 'uat', '--plan', file, '--debug')
        call(0, 'unlock', file)
        call(0, 'secret', 'list')
        def dump = wfumig.home.resolve('22.sql.zst').toString()
        call(0, 'migrate', '22', '--from', 'dev', '--to', 'uat', '--plan', file, '--yes', '--debug')
        call(0, 'site', 'verify', '22', '--env', 'uat', '--plan', file, '--debug')
        call(0, 'site', 'export', '22', '--env', 'uat', '--plan', file, '-o', dump, '--debug')
        call(0, 'site', 'backup', '22', '--env', 'uat', '--plan', file, '--debug')
        call(0, 'site', 'restore', dump, '--env', 'uat', '--plan', file, '--yes', '--debug')
        call(0, 'site', 'transform', '22', '--from', 'dev', '--to', 'uat', '--plan', file, '--yes', '--debug')
        def notes = Files.writeString(wfumig.home.resolve('notes.sql'), 'CREATE TABLE `notes` (`id` INT PRIMARY KEY);\nINSERT INTO `notes` VALUES (1);\n-- Dump completed\n').toString()
        call(0, 'site', 'import', notes, '--env', 'uat', '--tables', 'notes', '--plan', file, '--yes', '--debug')
        def folder = Files.createDirectories(wfumig.home.resolve('hush'))
        Files.writeString(folder.resolve('001_notes.sql'), 'CREATE TABLE {prefix}hushed (id INT PRIMARY KEY);')
        Files.writeString(folder.resolve('version.json'), '{"001": {"version": "1", "name": "notes", "file": "001_notes.sql", "backup": true}}')
        call(0, 'schema', 'migrate', '--plan', file, '--debug', folder.toString())
        call(0, 'schema', 'status', '--json', '--plan', file, folder.toString())
        call(0, 'doctor', file, '--debug')
        set('target', WRONG)
        call(1, 'site', 'export', '3', '--env', 'uat', '--plan', file, '-o', wfumig.home.resolve('3.sql.zst').toString(), '--debug')
        call(1, 'schema', 'status', '--plan', file, '--debug', folder.toString())
        call(1, 'run', file, '--yes', '--debug')
        set('target', MARKER)
        set('s3-secret', WRONG)
        call(1, 'run', file, '--yes', '--debug')
        def far = Files.writeString(Path.of(file), Files.readString(Path.of(file)).replaceFirst(/port \d+/, 'port 1'))
        call(1, 'run', far.toString(), '--yes', '--debug')

        then:
        def secrets = [MARKER, WRONG, TestS3.SECRET, TestS3.ACCESS]
        secrets.every { !said.toString().contains(it) && !heard.join('\n').contains(it) }
        def files = []
        [wfumig.home, s3.folder].each { top -> Files.walk(top).withCloseable { it.filter { Files.isRegularFile(it) }.forEach { files << it } } }
        files.size() > 40
        files.findAll { path -> secrets.any { new String(Files.readAllBytes(path), 'ISO-8859-1').contains(it) } } == []
        ['wfumig_history', 'wfumig_mark'].every { table -> secrets.every { !server.rows("SELECT * FROM hush_uat.$table").toString().contains(it) } }
        heard.join('\n').contains('Caused by: java.sql.SQLException')

        cleanup:
        System.setOut(before[0])
        System.setErr(before[1])
        s3.close()
    }
}
