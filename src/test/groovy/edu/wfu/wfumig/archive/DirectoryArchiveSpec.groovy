package edu.wfu.wfumig.archive

import edu.wfu.wfumig.archive.disk.DirectoryArchive
import edu.wfu.wfumig.support.Bytes
import java.nio.file.Files
import java.nio.file.Path

class DirectoryArchiveSpec extends ArchiveContract {
    Path root

    @Override
    ArchiveStore open() {
        root = Path.of('target/archive-spec').toAbsolutePath().resolve("disk-${UUID.randomUUID()}")
        new DirectoryArchive(root)
    }

    @Override
    void damage(String key) {
        def content = Files.readAllBytes(root.resolve(key))
        content[0] = (byte) (content[0] ^ 1)
        Files.write(root.resolve(key), content)
    }

    def 'a key lies where it says, and no draft stays'() {
        when:
        archive.store(KEY, file(bytes(10)), [rows: '1'], UNHEARD)

        then:
        Bytes.filesBelow(root) == [KEY.replace('source.sql.zst', '.source.sql.zst.about'), KEY]
    }

    def 'what stands beside a file tells its length and its CRC-32, as other programs compute it'() {
        when:
        archive.store(KEY, file('123456789'.bytes), [rows: '1'], UNHEARD)

        then: 'the check value of CRC-32'
        Files.readString(root.resolve(KEY.replace('source.sql.zst', '.source.sql.zst.about'))).contains('"9 bytes, CRC-32 cbf43926"')
        archive.fetch(KEY, folder.resolve('back')) == [rows: '1']
    }

    def 'what a process that was killed left of its look goes with the next one'() {
        given:
        Files.createDirectories(root)
        Files.createFile(root.resolve('.wfumig-probe'))

        when:
        archive.probe()

        then:
        Bytes.filesBelow(root) == []
    }

    def 'no key leads out of it'() {
        when:
        archive.store('../outside', file(bytes(10)), [:], UNHEARD)

        then:
        thrown(IOException)
    }
}
