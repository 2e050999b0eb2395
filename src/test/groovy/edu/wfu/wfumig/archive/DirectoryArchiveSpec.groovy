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

    def 'no key leads out of it'() {
        when:
        archive.store('../outside', file(bytes(10)), [:], UNHEARD)

        then:
        thrown(IOException)
    }
}
