package edu.wfu.wfumig.archive.s3;

import edu.wfu.wfumig.Digest;
import edu.wfu.wfumig.archive.ArchiveFailure;
import edu.wfu.wfumig.archive.ArchiveStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * An archive in S3. How a file is proved to have arrived, cheapest first; nothing is believed that the server does not say of
 * the object as it lies there:
 *
 * <ol>
 *   <li>Its length and what was noted with it, the SHA-256 of the whole file among that.
 *   <li>The SHA-256 that the server keeps of the object, for several parts that of their digests: Amazon's and MinIO do. And
 *       the ETag, which is the MD5 of the object or of its parts' MD5s, unless a key of KMS encrypts it.
 *   <li>Where neither is there, or one of them is another one, the object is read back.
 * </ol>
 */
public final class S3Archive implements ArchiveStore {
    private static final String PROBE = ".wfumig-probe";
    private static final int BUFFER = 64 << 10;

    private final S3Settings settings;
    private final S3Client client;
    private final S3Failures failures;

    private S3Archive(S3Settings settings, S3Client client) {
        this.settings = settings;
        this.client = client;
        this.failures = new S3Failures(settings);
    }

    /** Opens no connection yet, but reads the AWS configuration files; refuses when it cannot. */
    public static ArchiveStore open(S3Settings settings) {
        try {
            return new S3Archive(settings, S3Clients.of(settings));
        } catch (IllegalArgumentException e) {
            var failure = new S3Failures(settings).configuration(settings + " cannot be opened");
            throw ArchiveFailure.refusal(failure, "", "nothing was written", "");
        }
    }

    @Override
    public void store(String key, Path file, Map<String, String> about, LongConsumer safe) throws IOException {
        var digests = FileDigests.of(file, settings.partBytes());
        var facts = new TreeMap<>(about);
        facts.put(Facts.SHA256, digests.sha256());
        String place = settings.key(key);
        String doing = key + " cannot be stored";
        var upload = new Upload(client, settings, place, file, digests, Facts.encode(facts), safe);
        if (difference(place, digests, facts, doing) == null) {
            safe.accept(digests.bytes());
            return;
        }
        String differs = "";
        // The second time from the beginning: what was there of an earlier upload may have been another's.
        for (boolean goOn : new boolean[] {true, false}) {
            run(doing, () -> upload.run(goOn));
            differs = difference(place, digests, facts, doing);
            if (differs == null) return;
        }
        throw failures.damaged(doing, differs, null);
    }

    /** What is not as it should be of the object under a key; null when it is proved to be the file. */
    private @Nullable String difference(String place, FileDigests digests, Map<String, String> facts, String doing)
            throws IOException {
        var head = head(place, doing);
        if (head == null) return "it is not there";
        if (head.contentLength() != digests.bytes()) {
            return "it has " + head.contentLength() + " bytes instead of " + digests.bytes();
        }
        var noted = Facts.decode(head.metadata());
        if (!noted.entrySet().containsAll(facts.entrySet())) return "other things are noted with it";
        if (agrees(head, digests)) return null;
        String found =
                call(doing, () -> read(place, OutputStream::nullOutputStream)).sha256();
        return digests.sha256().equals(found) ? null : "its SHA-256 begins with " + Digest.brief(found);
    }

    /** Whether what the server says of an object's bytes agrees with the file, and it says anything at all. */
    private static boolean agrees(HeadObjectResponse head, FileDigests digests) {
        boolean sum = head.checksumSHA256() != null;
        boolean tag = !String.valueOf(head.serverSideEncryptionAsString()).startsWith("aws:kms");
        return (sum || tag)
                && (!sum || digests.objectSha256().equals(head.checksumSHA256()))
                && (!tag || digests.objectTag().equals(bare(head.eTag())));
    }

    private @Nullable HeadObjectResponse head(String place, String doing) throws IOException {
        try {
            return client.headObject(
                    head -> head.bucket(settings.bucket()).key(place).checksumMode(ChecksumMode.ENABLED));
        } catch (S3Exception e) {
            if (e.statusCode() == 404) return null;
            throw failures.of(doing, e);
        } catch (SdkException e) {
            throw failures.of(doing, e);
        }
    }

    /** An ETag without its quotes. */
    static String bare(@Nullable String tag) {
        return tag == null ? "" : tag.replace("\"", "");
    }

    @Override
    public Map<String, String> fetch(String key, Path file) throws IOException {
        var read = call(key + " cannot be fetched", () -> read(settings.key(key), () -> Files.newOutputStream(file)));
        String expected = read.facts().remove(Facts.SHA256);
        if (expected == null || expected.equals(read.sha256())) return read.facts();
        throw new ArchiveFailure(
                key + " in " + settings + " is damaged: its SHA-256 begins with " + Digest.brief(read.sha256()),
                "what was stored, " + Digest.brief(expected) + "…",
                "look for another copy of it, or an earlier version of the object",
                false,
                null);
    }

    /** An object that was read to its end. */
    private record Read(String sha256, Map<String, String> facts) {}

    /** Where what is read goes; opened anew for each attempt. */
    private interface Sink {
        OutputStream open() throws IOException;
    }

    private Read read(String place, Sink sink) {
        return client.getObject(get -> get.bucket(settings.bucket()).key(place), (response, in) -> {
            // What goes wrong on this machine is not asked of the server again.
            try (var out = new DigestOutputStream(sink.open(), Digest.sha256())) {
                copy(in, out);
                String sha256 = HexFormat.of().formatHex(out.getMessageDigest().digest());
                return new Read(sha256, Facts.decode(response.metadata()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void copy(AbortableInputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        while (true) {
            int count;
            try {
                count = in.read(buffer);
            } catch (IOException e) {
                throw RetryableException.create("the object could not be read to its end", e);
            }
            if (count < 0) return;
            out.write(buffer, 0, count);
        }
    }

    @Override
    public List<Stored> list(String prefix) throws IOException {
        int cut = settings.key("").length();
        return call(
                "the archive cannot be listed",
                () -> client
                        .listObjectsV2Paginator(
                                list -> list.bucket(settings.bucket()).prefix(settings.key(prefix)))
                        .contents()
                        .stream()
                        .map(object -> new Stored(object.key().substring(cut), object.size()))
                        .sorted(Comparator.comparing(Stored::key))
                        .toList());
    }

    /** Begins an upload and gives it up: that asks for all rights that storing takes, and no version of an object remains. */
    @Override
    public void probe() throws IOException {
        run("the archive cannot be written", () -> {
            String key = settings.key(PROBE);
            var upload = client.createMultipartUpload(create -> create.bucket(settings.bucket())
                    .key(key)
                    .storageClass(settings.storageClass())
                    .serverSideEncryption(settings.encryption())
                    .ssekmsKeyId(settings.kmsKey()));
            client.listParts(list -> list.bucket(settings.bucket()).key(key).uploadId(upload.uploadId()));
            client.abortMultipartUpload(
                    abort -> abort.bucket(settings.bucket()).key(key).uploadId(upload.uploadId()));
            client.listMultipartUploads(
                    list -> list.bucket(settings.bucket()).prefix(key).maxUploads(1));
            client.listObjectsV2(
                    list -> list.bucket(settings.bucket()).prefix(key).maxKeys(1));
        });
    }

    private void run(String doing, Runnable what) throws IOException {
        call(doing, () -> {
            what.run();
            return doing;
        });
    }

    private <T> T call(String doing, Supplier<T> what) throws IOException {
        try {
            return what.get();
        } catch (SdkException e) {
            throw failures.of(doing, e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (IllegalArgumentException e) {
            throw failures.configuration(doing);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return settings.toString();
    }
}
