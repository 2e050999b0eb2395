package edu.wfu.wfumig.settings

import com.fasterxml.jackson.databind.ObjectMapper
import edu.wfu.wfumig.Refusal
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.util.function.Supplier
import spock.lang.Specification
import spock.lang.TempDir

class SecretsSpec extends Specification {
    @TempDir Path folder

    private LocalStore store(String passphrase = null) {
        new LocalStore(folder.resolve('config/secrets.json'), folder.resolve('state/secrets.key'),
                { passphrase == null ? { throw new AssertionError('nobody asked for a passphrase') }() : passphrase.toCharArray() } as Supplier<char[]>)
    }

    private static String mode(Path file) { PosixFilePermissions.toString(Files.getPosixFilePermissions(file)) }

    private Path file(String name, String text, String mode = 'rw-------') {
        def file = Files.writeString(folder.resolve(name), text)
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode))
    }

    def 'the first place that has a secret is believed; when none has it, all are named'() {
        given:
        file('both', 'from the file\n')
        def secrets = new Secrets([new EnvironmentSecrets([WFUMIG_SECRET_BOTH: 'from the environment', WFUMIG_SECRET_UAT_DB: 'a']), new FileSecrets([:], folder, true)])

        expect:
        secrets.value('both') == 'from the environment'
        secrets.value('uat-db') == 'a'
        new Secrets(secrets.sources().reverse()).value('both') == 'from the file'

        when:
        secrets.value('none')

        then:
        def refusal = thrown(Refusal)
        refusal.message.contains("the secret 'none' has no value")
        refusal.message.contains("the environment variable WFUMIG_SECRET_NONE; the file $folder/none")
        refusal.message.contains('wfumig secret set none, or: export WFUMIG_SECRET_NONE=…')
    }

    def 'a file of mode #mode is good, in a folder that is ours: #own'() {
        given:
        file('uat-db', 'x', mode)

        expect:
        new FileSecrets([:], folder, own).find('uat-db').get() == 'x'

        where:
        mode        | own
        'rw-------' | true
        'r--------' | true
        'r--r--r--' | false
    }

    def 'a file of mode #mode is refused'() {
        given:
        file('uat-db', 'x', mode)

        when:
        new FileSecrets([:], folder, true).find('uat-db')

        then:
        def refusal = thrown(Refusal)
        refusal.message.contains("can be read or written by others: $mode")
        refusal.message.contains("chmod 600 $folder/uat-db")

        where:
        mode << ['rw-r-----', 'rw----r--', 'rw--w----']
    }

    def 'a file can be named by a variable; a name with slashes is never a file'() {
        given:
        def mounted = file('mounted', 'two words\r\n', 'r--r--r--')
        def files = new FileSecrets([WFUMIG_SECRET_UAT_DB_FILE: mounted.toString()], folder.resolve('none'), true)

        expect:
        files.find('uat-db').get() == 'two words'
        new FileSecrets([:], folder.resolve('none'), true).find('../mounted').empty
        new FileSecrets([:], folder, true).find('.hidden').empty
        files.names() == []
    }

    def 'a store under #what gives back what was put in, and shows nothing but names'() {
        given:
        store(passphrase).create(passphrase != null)
        store(passphrase).set('uat-db', 'Grün & "geheim"\n')
        store(passphrase).set('dev-db', 'first')
        store(passphrase).set('dev-db', 'second')
        def text = Files.readString(folder.resolve('config/secrets.json'))

        expect:
        store(passphrase).find('uat-db').get() == 'Grün & "geheim"\n'
        store(passphrase).find('dev-db').get() == 'second'
        store(passphrase).find('none').empty
        store().names() == ['dev-db', 'uat-db']
        ['geheim', 'first', 'second'].every { !text.contains(it) && !text.contains(it.bytes.encodeBase64().toString()) }
        mode(folder.resolve('config/secrets.json')) == 'rw-------'
        mode(folder.resolve('config')) == 'rwx------'
        Files.exists(folder.resolve('state/secrets.key')) == (passphrase == null)
        passphrase != null || mode(folder.resolve('state/secrets.key')) == 'rw-------'
        store().remove('dev-db')
        !store().remove('dev-db')
        store().names() == ['uat-db']

        where:
        what          | passphrase
        'a key file'  | null
        'a passphrase' | 'correct horse'
    }

    def 'a wrong key, a changed text, and a text under another name are refused'() {
        given:
        store().create(false)
        store().set('dev-db', 'of dev')
        store().set('uat-db', 'of uat')
        def json = new ObjectMapper()
        def path = folder.resolve('config/secrets.json')
        def whole = Files.readString(path)
        def tree = json.readTree(whole)

        when:
        change.call(tree, folder)
        Files.writeString(path, json.writeValueAsString(tree))
        store().find('uat-db')

        then:
        def refusal = thrown(Refusal)
        refusal.message.contains('the key does not open the store')
        !refusal.message.contains('of uat')

        where:
        change << [
                { t, f -> t.secrets.set('uat-db', t.secrets.get('dev-db')) },
                { t, f -> t.secrets.get('uat-db').put('text', 'AAAA' + t.secrets.get('uat-db').get('text').asText().substring(4)) },
                { t, f -> t.secrets.get('uat-db').put('iv', 'not Base64!') },
                { t, f -> Files.writeString(f.resolve('state/secrets.key'), (new byte[32]).encodeBase64().toString()) },
        ]
    }

    def 'who has another passphrase can put nothing in'() {
        given:
        store('right').create(true)

        when:
        store('wrong').set('uat-db', 'x')

        then:
        def refusal = thrown(Refusal)
        refusal.message.contains('the key does not open the store')
        store().names() == []
    }

    def 'a store or a key that others can read is refused'() {
        given:
        store().create(false)
        store().set('uat-db', 'x')
        Files.setPosixFilePermissions(folder.resolve(file), PosixFilePermissions.fromString('rw-r--r--'))

        when:
        store().find('uat-db')

        then:
        def refusal = thrown(Refusal)
        refusal.message.contains("chmod 600 ${folder.resolve(file)}")

        where:
        file << ['config/secrets.json', 'state/secrets.key']
    }
}
