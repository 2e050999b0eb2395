package edu.wfu.wfumig.archive.s3;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;

/**
 * Brings one file to one key.
 *
 * <p>A file of one part is put as it is. A larger one goes up part by part; what is there of an upload that was cut off stays,
 * when every part of it is the file's own. Each part carries its MD5 and its SHA-256, so that the server refuses a damaged
 * one. The object takes its place at the end, as a whole.
 */
record Upload(
        S3Client client,
        S3Settings settings,
        String key,
        Path file,
        FileDigests digests,
        Map<String, String> facts,
        LongConsumer safe) {

    /** @param goOn whether what an earlier attempt has brought is used; it is thrown away otherwise */
    void run(boolean goOn) {
        if (digests.single()) whole(digests.parts().get(0));
        else inParts(goOn);
    }

    private void whole(FileDigests.Part part) {
        try (var content = new FilePart(file, part)) {
            client.putObject(
                    put -> put.bucket(settings.bucket())
                            .key(key)
                            .metadata(facts)
                            .contentLength(part.length())
                            .contentMD5(part.md5Base64())
                            .checksumSHA256(part.sha256Base64())
                            .storageClass(settings.storageClass())
                            .serverSideEncryption(settings.encryption())
                            .ssekmsKeyId(settings.kmsKey()),
                    content.body());
        }
        safe.accept(part.length());
    }

    private void inParts(boolean goOn) {
        var begun = unfinished(goOn);
        String id = begun == null ? begin() : begun.id();
        var tags = begun == null ? Map.<Integer, String>of() : begun.tags();
        var parts = new ArrayList<CompletedPart>();
        for (var part : digests.parts()) {
            String there = tags.get(part.number());
            String tag = there == null ? send(id, part) : there;
            parts.add(CompletedPart.builder()
                    .partNumber(part.number())
                    .eTag(tag)
                    .checksumSHA256(part.sha256Base64())
                    .build());
            safe.accept(part.length());
        }
        try {
            client.completeMultipartUpload(complete ->
                    complete.bucket(settings.bucket()).key(key).uploadId(id).multipartUpload(all -> all.parts(parts)));
        } catch (NoSuchUploadException e) {
            // An answer that was lost, and asked for again. The proof that follows tells whether it was a good one.
        }
    }

    private String begin() {
        return client.createMultipartUpload(create -> create.bucket(settings.bucket())
                        .key(key)
                        .metadata(facts)
                        .contentType("application/octet-stream")
                        .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                        .storageClass(settings.storageClass())
                        .serverSideEncryption(settings.encryption())
                        .ssekmsKeyId(settings.kmsKey()))
                .uploadId();
    }

    private String send(String id, FileDigests.Part part) {
        try (var content = new FilePart(file, part)) {
            return client.uploadPart(
                            upload -> upload.bucket(settings.bucket())
                                    .key(key)
                                    .uploadId(id)
                                    .partNumber(part.number())
                                    .contentLength(part.length())
                                    .contentMD5(part.md5Base64())
                                    .checksumSHA256(part.sha256Base64()),
                            content.body())
                    .eTag();
        }
    }

    /** An upload that was begun and not finished: its id, and the tags of the parts that are there. */
    private record Begun(String id, Map<Integer, String> tags) {}

    /** The upload to go on with; all others of this key are given up, for they would be paid for and never used. */
    private @Nullable Begun unfinished(boolean goOn) {
        Begun best = null;
        for (String id : begun()) {
            var tags = goOn ? tags(id) : null;
            if (tags == null || best != null && best.tags().size() >= tags.size()) {
                abort(id);
            } else {
                if (best != null) abort(best.id());
                best = new Begun(id, tags);
            }
        }
        return best;
    }

    private List<String> begun() {
        return client
                .listMultipartUploadsPaginator(
                        list -> list.bucket(settings.bucket()).prefix(key))
                .uploads()
                .stream()
                .filter(upload -> upload.key().equals(key))
                .map(upload -> upload.uploadId())
                .toList();
    }

    /** The tags of an upload's parts; null when one of them is not of this file. */
    private @Nullable Map<Integer, String> tags(String id) {
        var tags = new java.util.HashMap<Integer, String>();
        try {
            var parts = client.listPartsPaginator(
                    list -> list.bucket(settings.bucket()).key(key).uploadId(id));
            for (var there : parts.parts()) {
                if (there.partNumber() > digests.parts().size()) return null;
                var part = digests.parts().get(there.partNumber() - 1);
                boolean same = there.checksumSHA256() != null
                        ? part.sha256Base64().equals(there.checksumSHA256())
                        : part.md5Hex().equals(S3Archive.bare(there.eTag()));
                if (there.size() != part.length() || !same) return null;
                tags.put(there.partNumber(), there.eTag());
            }
            return tags;
        } catch (NoSuchUploadException e) {
            return null;
        }
    }

    private void abort(String id) {
        try {
            client.abortMultipartUpload(
                    abort -> abort.bucket(settings.bucket()).key(key).uploadId(id));
        } catch (NoSuchUploadException e) {
            // Gone already.
        }
    }
}
