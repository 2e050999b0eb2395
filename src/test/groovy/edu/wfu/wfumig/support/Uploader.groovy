package edu.wfu.wfumig.support

import edu.wfu.wfumig.archive.s3.S3Archive
import edu.wfu.wfumig.archive.s3.S3Settings
import groovy.transform.CompileStatic
import java.nio.file.Path

/** Stores a file in a JVM of its own. */
@CompileStatic
class Uploader {
    static void main(String[] words) {
        def settings = new S3Settings(TestS3.BUCKET, null, words[1], URI.create(words[0]), true, null, null, null, null,
                new S3Settings.Keys(TestS3.ACCESS, TestS3.SECRET, null), S3Settings.PART_BYTES)
        S3Archive.open(settings).store(words[2], Path.of(words[3]), [:], { long bytes -> })
    }
}
