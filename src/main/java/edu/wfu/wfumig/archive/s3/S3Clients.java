package edu.wfu.wfumig.archive.s3;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Makes clients that other servers than Amazon's understand, too: checksums stand in headers that wfumig fills itself, and
 * bodies go as they are, not in signed pieces with a trailer. TLS is verified, as Java does it.
 */
final class S3Clients {
    private static final int ATTEMPTS = 5;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private S3Clients() {}

    static S3Client of(S3Settings settings) {
        var client = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE))
                .region(Region.of(settings.region() == null ? "us-east-1" : settings.region()))
                .forcePathStyle(settings.pathStyle())
                .credentialsProvider(credentials(settings))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false).expectContinueEnabled(false))
                .overrideConfiguration(all -> all.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS)
                        .build()));
        if (settings.endpoint() != null) client.endpointOverride(settings.endpoint());
        return client.build();
    }

    private static AwsCredentialsProvider credentials(S3Settings settings) {
        var keys = settings.keys();
        if (keys != null) {
            return StaticCredentialsProvider.create(
                    keys.session() == null
                            ? AwsBasicCredentials.create(keys.access(), keys.secret())
                            : AwsSessionCredentials.create(keys.access(), keys.secret(), keys.session()));
        }
        if (settings.profile() != null) return ProfileCredentialsProvider.create(settings.profile());
        return DefaultCredentialsProvider.builder().build();
    }
}
