package edu.wfu.wfumig.archive

import java.nio.file.Files
import java.nio.file.Path
import java.util.function.LongConsumer
import spock.lang.Specification

/** What every archive does, wherever it is. */
abstract class ArchiveContract extends Specification {
    static final String KEY = 'uat/2026/11/20/dev-to-uat-2026-11-20T09-12-44/site-43/source.sql.zst'
    static final LongConsumer UNHEARD = { long bytes -> }

    final Path folder = Files.createDirectories(Path.of('target/archive-spec').toAbsolutePath().resolve(UUID.randomUUID().toString()))
    final ArchiveStore archive = open()

    /** An empty archive. */
    abstract ArchiveStore open()

    /** Changes a byte of what is stored under a key, behind the archive's back. */
    abstract void damage(String key)

    def cleanup() { archive.close() }

    Path file(byte[] content, String name = 'file') { Files.write(folder.resolve(name), content) }

    static byte[] bytes(int length, int seed = 1) {
        def bytes = new byte[length]
        new Random(seed).nextBytes(bytes)
        bytes
    }

    def 'a file of #length bytes comes back byte for byte, with what was said of it'() {
        given:
        def content = bytes(length)
        def about = [run: 'dev-to-uat-2026-11-20T09-12-44', site: '43', rows: '12345', target: 'Übung & Prüfung 100%+']

        when:
        archive.store(KEY, file(content), about, UNHEARD)
        def found = archive.fetch(KEY, folder.resolve('back'))

        then:
        Files.readAllBytes(folder.resolve('back')) == content
        found == about

        where:
        length << [0, 1, 70_000, 5 << 20, (5 << 20) + 1, 11 << 20]
    }

    def 'storing again replaces as a whole: #first bytes by #second'() {
        given:
        archive.store(KEY, file(bytes(first)), [rows: '1'], UNHEARD)

        when:
        archive.store(KEY, file(bytes(second, 2)), [rows: '2'], UNHEARD)

        then:
        archive.fetch(KEY, folder.resolve('back')) == [rows: '2']
        Files.readAllBytes(folder.resolve('back')) == bytes(second, 2)
        archive.list('') == [new ArchiveStore.Stored(KEY, second)]

        where:
        first   | second
        100     | 100
        6 << 20 | 50
        50      | 6 << 20
    }

    def 'what is stored is heard of, all of it'() {
        given:
        long heard = 0

        when:
        archive.store(KEY, file(bytes(12 << 20)), [:], { long safe -> heard += safe })

        then:
        heard == 12 << 20
    }

    def 'who is told may stop it, and it is stored later'() {
        when:
        archive.store(KEY, file(bytes(12 << 20)), [:], { long safe -> throw new IllegalStateException('stop') })

        then:
        thrown(IllegalStateException)

        when:
        archive.store(KEY, file(bytes(12 << 20)), [:], UNHEARD)
        archive.fetch(KEY, folder.resolve('back'))

        then:
        Files.readAllBytes(folder.resolve('back')) == bytes(12 << 20)
    }

    def 'keys are listed by their beginning, sorted, with sizes'() {
        given:
        ['uat/b/2/y', 'uat/a/1/x', 'uat/a/10/x', 'prod/a/1/x'].eachWithIndex { key, i -> archive.store(key, file(bytes(i + 1)), [:], UNHEARD) }

        expect:
        archive.list('uat/')*.toString() == [new ArchiveStore.Stored('uat/a/1/x', 2), new ArchiveStore.Stored('uat/a/10/x', 3), new ArchiveStore.Stored('uat/b/2/y', 1)]*.toString()
        archive.list('uat/a/1')*.key() == ['uat/a/1/x', 'uat/a/10/x']
        archive.list('uat/a/1/')*.key() == ['uat/a/1/x']
        archive.list('nowhere/') == []
        archive.list('').size() == 4
    }

    def 'damage is noticed when a file is fetched'() {
        given:
        archive.store(KEY, file(bytes(1000)), [rows: '1'], UNHEARD)
        damage(KEY)

        when:
        archive.fetch(KEY, folder.resolve('back'))

        then:
        def failure = thrown(ArchiveFailure)
        failure.message.contains('source.sql.zst')
        failure.message.contains('is damaged')
    }

    def 'what is not there cannot be fetched'() {
        when:
        archive.fetch(KEY, folder.resolve('back'))

        then:
        def failure = thrown(IOException)
        failure.message.contains(KEY)
    }

    def 'looking whether it can be written leaves nothing behind'() {
        when:
        archive.probe()

        then:
        archive.list('') == []
    }
}
