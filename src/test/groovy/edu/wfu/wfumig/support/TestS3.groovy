package edu.wfu.wfumig.support

import edu.wfu.wfumig.archive.s3.S3Settings
import groovy.transform.CompileStatic
import java.nio.file.Files
import java.nio.file.Path
import org.gaul.s3proxy.S3Proxy
import org.gaul.s3proxy.auth.AuthenticationType
import org.gaul.s3proxy.blobstore.BlobStore
import org.gaul.s3proxy.blobstore.ForwardingBlobStore
import org.gaul.s3proxy.blobstore.domain.MultipartUpload
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore
import software.amazon.awssdk.services.s3.model.CreateBucketRequest
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest
import software.amazon.awssdk.services.s3.model.PutObjectRequest
import software.amazon.awssdk.services.s3.model.PutObjectResponse
import software.amazon.awssdk.services.s3.model.UploadPartRequest
import software.amazon.awssdk.services.s3.model.UploadPartResponse

/** An S3 in this process, over files, to which something can happen. */
@CompileStatic
class TestS3 implements Closeable {
    static final String ACCESS = 'TESTACCESSKEY'
    static final String SECRET = 'a-secret-that-nobody-may-see'
    static final String BUCKET = 'wfu-migrations'

    final Path folder = Files.createDirectories(Path.of('target/s3').toAbsolutePath().resolve(UUID.randomUUID().toString()))
    private final S3Proxy proxy
    private final Happening store

    /** @param keyStore if it is to speak TLS too, as well as HTTP; its password is "changeit" */
    TestS3(String keyStore = null) {
        store = new Happening(new FilesystemNio2BlobStore(folder.toString()))
        def builder = S3Proxy.builder().blobStore(store).endpoint(URI.create('http://127.0.0.1:0'))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS, SECRET)
        if (keyStore) builder = builder.secureEndpoint(URI.create('https://127.0.0.1:0')).keyStore(keyStore, 'changeit')
        proxy = builder.build()
        proxy.start()
        store.createContainer(CreateBucketRequest.builder().bucket(BUCKET).build())
    }

    String endpoint() { "http://127.0.0.1:${proxy.port}" }

    String secureEndpoint() { "https://127.0.0.1:${proxy.securePort}" }

    S3Settings settings(Map<String, ?> other = [:]) {
        new S3Settings((other.bucket ?: BUCKET) as String, null, (other.prefix ?: '') as String, URI.create((other.endpoint ?: endpoint()) as String), true,
                other.storageClass as String, other.encryption as String, null, null,
                new S3Settings.Keys((other.access ?: ACCESS) as String, (other.secret ?: SECRET) as String, null), 5 << 20)
    }

    /** What a plan says to use it. */
    String block(String more = '') {
        "archive { s3 { bucket '$BUCKET'; endpoint '${endpoint()}'; pathStyle(); accessKey secret('s3-access'); secretKey secret('s3-secret'); $more } }"
    }

    Map<String, String> secrets() { [WFUMIG_SECRET_S3_ACCESS: ACCESS, WFUMIG_SECRET_S3_SECRET: SECRET] }

    /** Parts and whole objects that came in, as {@code key#part}. */
    List<String> came() { new ArrayList<String>(store.came) }

    /** The requests that began an upload or an object. */
    List<Object> begun() { new ArrayList<Object>(store.begun) }

    /** Forgets what came, and is well again. */
    void recover() {
        store.came.clear()
        store.begun.clear()
        store.harm = Harm.NONE
        store.left = -1
        store.refused = null
    }

    enum Harm { NONE, ON_THE_WAY, IN_THE_SERVER }

    /** From now on a byte of what comes is another one: before the server looks at it, or behind its back. */
    void damage(Harm harm) { store.harm = harm }

    /** From now on parts are refused with an error of the server when so many have come; -1 for never. */
    void failAfter(int parts) { store.left = parts }

    /** From now on what ends like this is refused with an error of the server; null for nothing. */
    void refuse(String end) { store.refused = end }

    /** Uploads below a key that were begun and not finished. */
    int unfinished(String prefix) { store.listMultipartUploads(BUCKET).count { it.key().startsWith(prefix) } as int }

    @Override
    void close() { proxy.stop() }

    static class Happening extends ForwardingBlobStore {
        final List<String> came = Collections.synchronizedList([] as List<String>)
        final List<Object> begun = Collections.synchronizedList([])
        volatile Harm harm = Harm.NONE
        volatile int left = -1
        volatile String refused

        Happening(BlobStore store) { super(store) }

        @Override
        PutObjectResponse putBlob(PutObjectRequest request, InputStream body) {
            if (refused != null && request.key().endsWith(refused)) throw new UncheckedIOException(new IOException('the disk of the server is full'))
            // What the server keeps of an upload is its own affair.
            if (!request.key().startsWith('.s3proxy')) {
                came << "${request.key()}#0".toString()
                begun << request
            }
            super.putBlob(harm == Harm.IN_THE_SERVER ? request.toBuilder().contentMD5(null).build() : request, harmed(body))
        }

        @Override
        MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
            begun << request
            super.initiateMultipartUpload(request)
        }

        @Override
        UploadPartResponse uploadMultipartPart(MultipartUpload upload, UploadPartRequest request, InputStream body) {
            if (left == 0) throw new UncheckedIOException(new IOException('the disk of the server is full'))
            if (left > 0) left--
            came << "${request.key()}#${request.partNumber()}".toString()
            super.uploadMultipartPart(upload, harm == Harm.IN_THE_SERVER ? request.toBuilder().contentMD5(null).build() : request, harmed(body))
        }

        @Override
        boolean supportsServerSideEncryption() { true }

        private InputStream harmed(InputStream body) { harm == Harm.NONE ? body : new OtherByte(body) }
    }

    /** The first byte is another one. */
    static class OtherByte extends FilterInputStream {
        private boolean done

        OtherByte(InputStream body) { super(body) }

        @Override
        int read() {
            int b = super.read()
            if (done || b < 0) return b
            done = true
            b ^ 1
        }

        @Override
        int read(byte[] bytes, int from, int length) {
            int count = super.read(bytes, from, length)
            if (!done && count > 0) {
                bytes[from] = (byte) (bytes[from] ^ 1)
                done = true
            }
            count
        }
    }
}
