package edu.wfu.wfumig.archive

import edu.wfu.wfumig.Refusal
import edu.wfu.wfumig.archive.s3.S3Archive
import edu.wfu.wfumig.archive.s3.S3Settings
import edu.wfu.wfumig.support.TestS3
import edu.wfu.wfumig.support.Uploader
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.util.environment.RestoreSystemProperties

class S3ArchiveSpec extends ArchiveContract {
    @Shared @AutoCleanup TestS3 s3 = new TestS3()
    String prefix

    @Override
    ArchiveStore open() {
        prefix = "runs/${UUID.randomUUID()}"
        S3Archive.open(s3.settings(prefix: prefix))
    }

    @Override
    void damage(String key) {
        def file = s3.folder.resolve("$TestS3.BUCKET/$prefix/$key")
        def content = Files.readAllBytes(file)
        content[0] = (byte) (content[0] ^ 1)
        Files.newOutputStream(file, java.nio.file.StandardOpenOption.WRITE).withCloseable { it.write(content) }
    }

    def cleanup() { s3.recover() }

    def 'a large file goes up in parts, a small one at once'() {
        when:
        archive.store(KEY, file(bytes(12 << 20)), [:], UNHEARD)
        archive.store('small', file(bytes(5 << 20)), [:], UNHEARD)

        then:
        s3.came() == ["$prefix/$KEY#1", "$prefix/$KEY#2", "$prefix/$KEY#3", "$prefix/small#0"]*.toString()
    }

    def 'what is there already is not sent again'() {
        given:
        archive.store(KEY, file(bytes(12 << 20)), [rows: '1'], UNHEARD)
        s3.recover()

        when:
        archive.store(KEY, file(bytes(12 << 20)), [rows: '1'], UNHEARD)

        then:
        s3.came() == []
    }

    def 'an upload that was cut off goes on where it was'() {
        given:
        s3.failAfter(2)

        when:
        archive.store(KEY, file(bytes(18 << 20)), [rows: '1'], UNHEARD)

        then:
        def failure = thrown(ArchiveFailure)
        failure.passing()
        archive.list('') == []

        when:
        s3.recover()
        def another = S3Archive.open(s3.settings(prefix: prefix))
        another.store(KEY, file(bytes(18 << 20)), [rows: '1'], UNHEARD)

        then:
        s3.came() == ["$prefix/$KEY#3", "$prefix/$KEY#4"]*.toString()
        archive.fetch(KEY, folder.resolve('back')) == [rows: '1']
        Files.readAllBytes(folder.resolve('back')) == bytes(18 << 20)
        s3.unfinished(prefix) == 0
    }

    def 'an upload of another file that was cut off is thrown away: #what'() {
        given:
        s3.failAfter(2)

        when:
        archive.store(KEY, file(earlier), [rows: '1'], UNHEARD)

        then:
        thrown(ArchiveFailure)

        when:
        s3.recover()
        archive.store(KEY, file(bytes(18 << 20)), [rows: '2'], UNHEARD)

        then:
        archive.fetch(KEY, folder.resolve('back')) == [rows: '2']
        Files.readAllBytes(folder.resolve('back')) == bytes(18 << 20)
        s3.unfinished(prefix) == 0

        where:
        what                                | earlier
        'other bytes'                       | bytes(18 << 20, 2)
        'more of the same bytes'            | bytes(30 << 20)
        'the same bytes, otherwise noted'   | bytes(18 << 20)
    }

    def 'an upload of #size bytes that is damaged #harm is noticed, and may be tried again'() {
        given:
        s3.damage(harm)

        when:
        archive.store(KEY, file(bytes(size)), [rows: '1'], UNHEARD)

        then:
        def failure = thrown(ArchiveFailure)
        failure.message.contains('arrived damaged')
        failure.passing()

        when:
        s3.recover()
        archive.store(KEY, file(bytes(size)), [rows: '1'], UNHEARD)

        then:
        archive.fetch(KEY, folder.resolve('back')) == [rows: '1']
        Files.readAllBytes(folder.resolve('back')) == bytes(size)
        s3.unfinished(prefix) == 0

        where:
        [size, harm] << [[1000, 12 << 20], [TestS3.Harm.ON_THE_WAY, TestS3.Harm.IN_THE_SERVER]].combinations()
    }

    def 'storage class, encryption and what is noted stand in the request'() {
        given:
        def careful = S3Archive.open(s3.settings(prefix: prefix, storageClass: 'STANDARD_IA', encryption: 'AES256'))

        when:
        careful.store('small', file(bytes(1000)), [site: '43'], UNHEARD)
        careful.store(KEY, file(bytes(6 << 20)), [site: '43'], UNHEARD)

        then:
        s3.begun().size() == 2
        s3.begun().every { it.storageClassAsString() == 'STANDARD_IA' && it.metadata().site == '43' && it.metadata().sha256.length() == 64 }
    }

    def '#what is refused, with what would help'() {
        when:
        S3Archive.open(s3.settings(other)).probe()

        then:
        def failure = thrown(ArchiveFailure)
        def refusal = ArchiveFailure.refusal(failure, '', 'nothing was written', 'wfumig run')
        def problem = refusal.problems()[0]
        said.every { problem.toString().contains(it) }
        [problem.found(), problem.expected(), problem.safe(), problem.next()].every { it }
        refusal.kind() == (passing ? Refusal.Kind.PASSING : Refusal.Kind.FAILED)
        !problem.toString().contains(TestS3.SECRET)
        !problem.toString().contains('another-secret')

        where:
        what                          | other                                  | passing || said
        'a server that is not there'  | [endpoint: 'http://127.0.0.1:1']       | true    || ['s3://wfu-migrations at http://127.0.0.1:1 cannot be reached', 'nothing was written']
        'a host that nobody knows'    | [endpoint: 'http://no.such.invalid']   | true    || ['its host is not known']
        'a bucket that is not there'  | [bucket: 'no-such-bucket']             | false   || ['NoSuchBucket', 'create no-such-bucket, or correct the plan, then type: wfumig run']
        'a key that is not known'     | [access: 'NOBODY']                     | false   || ['keys that are valid there']
        'a secret that is wrong'      | [secret: 'another-secret']             | false   || ['keys that are valid there']
        'a server without TLS'        | [endpoint: s3.endpoint().replace('http:', 'https:')] | false || ['speaks no TLS']
    }

    def 'a file of many times the memory goes up'() {
        given:
        def large = folder.resolve('large')
        new RandomAccessFile(large.toFile(), 'rw').withCloseable { it.length = 160 << 20 }

        when:
        def command = [Path.of(System.getProperty('java.home'), 'bin', 'java').toString(), '-Xmx32m', '-XX:MaxDirectMemorySize=8m', '-XX:TieredStopAtLevel=1',
                       '-cp', System.getProperty('java.class.path'), Uploader.name, s3.endpoint(), prefix, KEY, large.toString()]
        def process = new ProcessBuilder(command).redirectErrorStream(true).start()
        def said = process.inputStream.text

        then:
        process.waitFor() == 0 && said == ''
        s3.came().size() == 10
        archive.list('') == [new ArchiveStore.Stored(KEY, 160 << 20)]
    }

    def 'a certificate that nobody vouches for is refused'() {
        given:
        def store = folder.resolve('keys.p12').toString()
        def keytool = [Path.of(System.getProperty('java.home'), 'bin', 'keytool').toString(), '-genkeypair', '-keyalg', 'EC', '-alias', 's3', '-dname', 'CN=127.0.0.1',
                       '-ext', 'san=ip:127.0.0.1', '-keystore', store, '-storepass', 'changeit', '-storetype', 'PKCS12']
        new ProcessBuilder(keytool).redirectErrorStream(true).start().waitFor()
        def secure = new TestS3(store)

        when:
        S3Archive.open(s3.settings(endpoint: secure.secureEndpoint())).probe()

        then:
        def failure = thrown(ArchiveFailure)
        failure.message.contains('is not trusted')
        !failure.passing()

        cleanup:
        secure?.close()
    }

    @RestoreSystemProperties
    def 'without keys in the plan the SDK looks where it always looks: #where'() {
        given:
        System.setProperty('aws.disableEc2Metadata', 'true')
        def credentials = Files.writeString(folder.resolve('credentials'), "[ops]\naws_access_key_id = $TestS3.ACCESS\naws_secret_access_key = $TestS3.SECRET\n")
        def torn = Files.writeString(folder.resolve('torn'), "[ops\naws_secret_access_key = $TestS3.SECRET\n")
        properties.each { name, value -> System.setProperty(name, value == 'torn' ? torn.toString() : value ?: credentials.toString()) }
        def own = s3.settings(prefix: prefix)
        def settings = new S3Settings(own.bucket(), own.region(), own.prefix(), own.endpoint(), true, null, null, null, profile, null, own.partBytes())

        when:
        def found = null
        try {
            S3Archive.open(settings).probe()
        } catch (ArchiveFailure | Refusal e) {
            found = e
        }

        then:
        (found?.message ?: 'found').contains(said)
        !String.valueOf(found).contains(TestS3.SECRET)

        where:
        where            | profile  | properties                                                                   || said
        'in properties'  | null     | ['aws.accessKeyId': TestS3.ACCESS, 'aws.secretAccessKey': TestS3.SECRET]     || 'found'
        'in a profile'   | 'ops'    | ['aws.sharedCredentialsFile': '']                                            || 'found'
        'nowhere'        | null     | ['aws.sharedCredentialsFile': '', 'aws.configFile': '/nowhere']              || 'there are no keys for s3://wfu-migrations'
        'in a torn file' | 'ops'    | ['aws.sharedCredentialsFile': 'torn']                                        || 'the AWS configuration files cannot be read'
        'no such profile' | 'opps'  | ['aws.sharedCredentialsFile': '', 'aws.configFile': '/nowhere']              || 'there are no keys for s3://wfu-migrations'
    }
}
