package edu.wfu.wfumig.database

import edu.wfu.wfumig.Refusal
import edu.wfu.wfumig.database.Encryption.Mode
import edu.wfu.wfumig.database.mysql.MysqlAddress
import edu.wfu.wfumig.database.mysql.MysqlConnections
import edu.wfu.wfumig.database.postgres.PostgresAddress
import edu.wfu.wfumig.database.postgres.PostgresConnections
import edu.wfu.wfumig.dsl.OutsideValues
import edu.wfu.wfumig.dsl.PlanLanguage
import edu.wfu.wfumig.embedded.EmbeddedMariadb
import edu.wfu.wfumig.plan.InTheClear
import edu.wfu.wfumig.plan.Ssl
import edu.wfu.wfumig.support.Certificates
import edu.wfu.wfumig.support.Fork
import edu.wfu.wfumig.support.TestPostgres
import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import java.nio.file.Path
import java.sql.Connection
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/** Connections to servers with certificates, and to servers without. */
class EncryptionSpec extends Specification {
    @Shared @TempDir Path folder
    @Shared Certificates certificates
    @Shared EmbeddedMariadb mariadb
    @Shared TestPostgres postgres = TestPostgres.newer()

    def setupSpec() {
        certificates = new Certificates(folder)
        def key = certificates.key(folder.resolve('server.key'), folder)
        mariadb = EmbeddedMariadb.start(Path.of('target/embedded').toAbsolutePath(), Fork.folder('encrypted'), '--ssl', "--ssl-cert=$certificates.server", "--ssl-key=$key")
        def data = Path.of(postgres.value('SHOW data_directory'))
        Files.writeString(data.resolve('server.crt'), Files.readString(certificates.server))
        certificates.key(data.resolve('server.key'), data.resolve('PG_VERSION'))
        postgres.sql('ALTER SYSTEM SET ssl = on')
        postgres.sql('SELECT pg_reload_conf()')
    }

    def cleanupSpec() {
        mariadb?.close()
        postgres.sql('ALTER SYSTEM RESET ssl')
        postgres.sql('SELECT pg_reload_conf()')
    }

    private Path trusted(String name) { name ? folder.resolve("${name}.pem") : null }

    /** A connection to the server of this product that encrypts, or to one that does not. */
    private Connection open(String product, String host, Encryption encryption, boolean encrypts = true) {
        if (product == 'MariaDB') {
            def plain = TestServer.embedded()
            def (port, password) = encrypts ? [mariadb.port(), mariadb.password()] : [plain.port(), plain.password()]
            return new MysqlConnections(new MysqlAddress(host, port, EmbeddedMariadb.USER, encryption), password).text()
        }
        def server = encrypts ? postgres : TestPostgres.older()
        new PostgresConnections(new PostgresAddress(host, server.port(), 'postgres', server.user(), encryption), server.password()).open()
    }

    private static String cipher(Connection connection, String product) {
        connection.createStatement().withCloseable { statement ->
            def row = statement.executeQuery(product == 'MariaDB' ? "SHOW STATUS LIKE 'Ssl_cipher'" : 'SELECT pid, cipher FROM pg_stat_ssl WHERE pid = pg_backend_pid()')
            row.next()
            row.getString(2) ?: ''
        }
    }

    def '#product, #mode with #root as authority: encrypted is #encrypted, says the server'() {
        given:
        def connection = open(product, host, new Encryption(mode, trusted(root)))

        expect:
        cipher(connection, product).isEmpty() == !encrypted

        cleanup:
        connection?.close()

        where:
        product << ['MariaDB', 'PostgreSQL'] * 3
        [mode, root, host, encrypted] << [[Mode.DISABLED, null, '127.0.0.1', false], [Mode.REQUIRED, null, '127.0.0.1', true], [Mode.VERIFIED, 'authority', 'localhost', true]].collectMany { [it, it] }
    }

    def '#product is not believed #why'() {
        when:
        open(product, host, new Encryption(mode, trusted(root)), encrypts)

        then:
        def refusal = thrown(Refusal)
        refusal.kind() == kind
        refusal.message.contains("$host:")
        messages.every { message -> assert refusal.message.contains(message); true }

        where:
        [product, row] << [['MariaDB', 'PostgreSQL'], [
                ['with a certificate of another authority', Mode.VERIFIED, 'stranger', 'localhost', true, Refusal.Kind.FAILED,
                 ['is not trusted', 'stranger.pem names', "ssl verified { rootCertificate 'ca.pem' }", 'ssl required()']],
                ['with a certificate of an authority that Java does not know', Mode.VERIFIED, null, 'localhost', true, Refusal.Kind.FAILED,
                 ['is not trusted', 'an authority that Java names', "ssl verified { rootCertificate 'ca.pem' }"]],
                ['under another name', Mode.VERIFIED, 'authority', '127.0.0.1', true, Refusal.Kind.FAILED,
                 ['is not for this host', 'a certificate for 127.0.0.1', 'ssl required()']],
                ['without a certificate', Mode.VERIFIED, 'authority', 'localhost', false, Refusal.Kind.FAILED, ['does not encrypt', 'ssl disabled()']],
                ['without encryption', Mode.REQUIRED, null, 'localhost', false, Refusal.Kind.FAILED, ['does not encrypt', 'ssl disabled()']]]].combinations()
        (why, mode, root, host, encrypts, kind, messages) = row
    }

    def 'a file that is not one of certificates is refused by name: #content'() {
        given:
        def file = folder.resolve('odd.pem')
        if (content == null) Files.deleteIfExists(file)
        else Files.writeString(file, content)

        when:
        open(product, 'localhost', new Encryption(Mode.VERIFIED, file))

        then:
        def refusal = thrown(Refusal)
        refusal.kind() == Refusal.Kind.INVALID
        refusal.message.contains("the root certificate $file $found")

        where:
        [product, row] << [['MariaDB', 'PostgreSQL'], [[null, 'cannot be read'], ['', 'holds no certificate'], ['hello\n', '']]].combinations()
        (content, found) = row
    }

    def 'to #host nothing goes out #how unless the plan says so'() {
        expect:
        Ssl.byDefault(host) == ssl

        where:
        host          || ssl          | how
        'localhost'   || Ssl.DISABLED | 'encrypted'
        'LOCALHOST'   || Ssl.DISABLED | 'encrypted'
        '127.0.0.1'   || Ssl.DISABLED | 'encrypted'
        '::1'         || Ssl.DISABLED | 'encrypted'
        'db.wfu.test' || Ssl.VERIFIED | 'to a stranger'
        '10.0.0.7'    || Ssl.VERIFIED | 'to a stranger'
    }

    /** A plan that moves a table from one schema or database of a server that encrypts to another. */
    private String plan(Wfumig wfumig, String product, String host, String ssl) {
        wfumig.environment['WFUMIG_SECRET_DB'] = product == 'MariaDB' ? mariadb.password() : postgres.password()
        def ends = ['a', 'b'].collect { end ->
            product == 'MariaDB'
                    ? "mysql { host '$host'; port ${mariadb.port()}; schema 'encrypted_$end'; user 'wfumig'; password secret('db'); $ssl }"
                    : "postgres { host '$host'; port ${postgres.port()}; database 'encrypted_$end'; user 'wfumig'; password secret('db'); $ssl }"
        }
        wfumig.plan("""
            migration('encrypted') {
              environment('a') { ${ends[0]} }
              environment('b') { ${ends[1]} }
              from 'a'
              to   'b'
              tables { include 't' }
            }""").toString()
    }

    private void fill(String product) {
        def rows = 'CREATE TABLE t (id INT PRIMARY KEY); INSERT INTO t VALUES (1), (2)'
        if (product == 'MariaDB') {
            ['a', 'b'].each { mariadb.run("DROP DATABASE IF EXISTS encrypted_$it; CREATE DATABASE encrypted_$it", null) }
            mariadb.run(rows, 'encrypted_a')
        } else {
            postgres.create('encrypted_a', 'encrypted_b')
            postgres.sql(rows, 'encrypted_a')
        }
    }

    def '#product: a plan and the configuration name the authority; without one another host is not believed'() {
        given:
        def wfumig = new Wfumig()
        fill(product)
        Files.copy(certificates.authority, wfumig.home.resolve('ca.pem'))

        expect: 'beside the plan'
        wfumig.call('run', plan(wfumig, product, 'localhost', "ssl verified { rootCertificate 'ca.pem' }"), '--yes') == 0

        and: 'an address of this machine that does not look like one'
        wfumig.call('doctor', plan(wfumig, product, '0.0.0.0', '')) == 1
        wfumig.out.contains('source: the certificate of the server at 0.0.0.0:')
        wfumig.out.contains('is not trusted')
        wfumig.out.contains("ssl verified { rootCertificate 'ca.pem' }")
        wfumig.call('doctor', plan(wfumig, product, '0.0.0.0', 'ssl required()')) == 0

        and: 'in the configuration'
        wfumig.call('config', 'env', 'a', 'set', "ssl-root-certificate=$certificates.authority") == 0
        wfumig.call('config', 'env', 'b', 'set', "ssl-root-certificate=$certificates.stranger") == 0
        wfumig.call('doctor', plan(wfumig, product, 'localhost', '')) == 1
        !wfumig.out.contains('source: ')
        wfumig.out.contains('target: the certificate of the server at localhost:')
        wfumig.out.contains('stranger.pem names')

        and: 'a run may be resumed elsewhere'
        wfumig.call('config', 'env', 'b', 'set', 'ssl-root-certificate=ca.pem') == 0
        wfumig.call('validate', plan(wfumig, product, 'localhost', '')) == 2
        wfumig.err.contains("'ca.pem' is not the whole path of a file")

        cleanup:
        if (product == 'PostgreSQL') postgres.drop('encrypted_a', 'encrypted_b')

        where:
        product << ['MariaDB', 'PostgreSQL']
    }

    def 'what leaves this machine in the clear is told before: #risk'() {
        given:
        def plan = PlanLanguage.read("""
            migration('clear') {
              environment('a') { postgres { host '$host'; database 'a'; user 'u'; $ssl } }
              environment('b') { postgres { host '127.0.0.1'; database 'b'; user 'u' } }
              from 'a'
              to   'b'
              tables { include '*' }
              archive { s3 { bucket 'dumps'; endpoint '$endpoint' } }
            }""", 'clear.groovy', new OutsideValues([:], [:]))

        expect:
        InTheClear.of(plan) == (risk ? [risk] : [])

        where:
        host             | ssl              | endpoint                 || risk
        'db.example.org' | 'ssl disabled()' | 'https://s3.example.org' || 'rows go to db.example.org:5432/a in the clear: ssl disabled()'
        '127.0.0.1'      | 'ssl disabled()' | 'https://s3.example.org' || null
        'db.example.org' | ''               | 'https://s3.example.org' || null
        '127.0.0.1'      | ''               | 'http://s3.example.org'  || 'dumps go to http://s3.example.org in the clear: https:// would encrypt them'
        '127.0.0.1'      | ''               | 'http://127.0.0.1:9000'  || null
    }
}
