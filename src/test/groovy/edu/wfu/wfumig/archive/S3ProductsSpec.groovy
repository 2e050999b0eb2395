package edu.wfu.wfumig.archive

import edu.wfu.wfumig.archive.s3.S3Archive
import edu.wfu.wfumig.archive.s3.S3Settings
import java.nio.file.Files
import org.testcontainers.DockerClientFactory
import org.testcontainers.containers.GenericContainer
import org.testcontainers.containers.MinIOContainer
import org.testcontainers.localstack.LocalStackContainer
import org.testcontainers.utility.DockerImageName
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient
import software.amazon.awssdk.regions.Region
import software.amazon.awssdk.services.s3.S3Client
import spock.lang.Requires
import spock.lang.Specification

/** The archive before servers that others wrote. Needs Docker. */
@Requires(value = { DockerClientFactory.instance().isDockerAvailable() }, reason = 'no Docker here')
class S3ProductsSpec extends Specification {
    static final String KEY = 'uat/2026/11/20/run/site-43/source.sql.zst'

    def 'files large and small go to #image and come back'() {
        given:
        def (GenericContainer container, S3Settings settings) = start(image)
        def archive = S3Archive.open(settings)
        def folder = Files.createTempDirectory('s3')
        def file = Files.write(folder.resolve('file'), ArchiveContract.bytes(size))

        expect:
        archive.probe()
        2.times { archive.store(KEY, file, [site: '43', target: 'Übung'], ArchiveContract.UNHEARD) }
        archive.list('uat/') == [new ArchiveStore.Stored(KEY, size)]
        archive.fetch(KEY, folder.resolve('back')) == [site: '43', target: 'Übung']
        Files.mismatch(file, folder.resolve('back')) == -1

        cleanup:
        archive?.close()
        container?.stop()

        where:
        [image, size] << [['minio/minio:latest', 'localstack/localstack:4'], [1000, 12 << 20]].combinations()
    }

    private static List start(String image) {
        boolean minio = image.startsWith('minio')
        def container = minio ? new MinIOContainer(DockerImageName.parse(image)) : new LocalStackContainer(DockerImageName.parse(image)).withServices('s3')
        container.start()
        def endpoint = minio ? URI.create(container.s3URL) : container.endpoint
        def keys = minio ? new S3Settings.Keys(container.userName, container.password, null) : new S3Settings.Keys(container.accessKey, container.secretKey, null)
        S3Client.builder().endpointOverride(endpoint).forcePathStyle(true).region(Region.US_EAST_1).httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(keys.access(), keys.secret()))).build()
                .withCloseable { it.createBucket { it.bucket('wfu-migrations') } }
        [container, new S3Settings('wfu-migrations', null, 'runs', endpoint, true, null, null, null, null, keys, 5 << 20)]
    }
}
