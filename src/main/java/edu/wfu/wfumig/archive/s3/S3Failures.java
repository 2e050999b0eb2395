package edu.wfu.wfumig.archive.s3;

import edu.wfu.wfumig.archive.ArchiveFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Turns what the SDK throws into what helps: the place, what was found, what was expected, what to do next. */
record S3Failures(S3Settings settings) {
    private static final String RIGHTS = "s3:PutObject, s3:GetObject, s3:ListBucket, s3:AbortMultipartUpload,"
            + " s3:ListMultipartUploadParts, s3:ListBucketMultipartUploads";
    private static final Set<String> KEYS =
            Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "InvalidSecurity");
    private static final Set<String> REGION =
            Set.of("PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException", "301");
    private static final Set<String> DAMAGED =
            Set.of("BadDigest", "InvalidDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch");
    private static final Set<String> BUSY =
            Set.of("SlowDown", "RequestTimeout", "ServiceUnavailable", "InternalError", "NoSuchUpload");

    /** @param doing what was tried, as in {@code site-43/source.sql.zst cannot be stored} */
    IOException of(String doing, SdkException e) {
        var local = find(e, UncheckedIOException.class);
        if (local != null && local.getCause() != null) return local.getCause();
        return e instanceof AwsServiceException service ? service(doing, service) : client(doing, e);
    }

    private ArchiveFailure service(String doing, AwsServiceException e) {
        var details = e.awsErrorDetails();
        String code =
                details == null || details.errorCode() == null ? String.valueOf(e.statusCode()) : details.errorCode();
        String said = details == null || details.errorMessage() == null ? "" : ": " + details.errorMessage();
        String found = doing + ": " + settings + " says " + code + settings.withoutKeys(said);
        if (DAMAGED.contains(code)) return damaged(doing, code, e);
        if (code.equals("NoSuchBucket")) {
            return failure(found, "a bucket that exists", "create " + settings.bucket() + ", or correct the plan", e);
        }
        if (KEYS.contains(code)) {
            return failure(found, "keys that are valid there", "look at accessKey and secretKey, or at the profile", e);
        }
        if (REGION.contains(code)) {
            return failure(found, "the bucket's own region", "correct region in the plan", e);
        }
        if (code.equals("RequestTimeTooSkewed")) {
            return failure(found, "a clock that is right to a quarter of an hour", "set this machine's clock", e);
        }
        if (code.equals("InvalidObjectState")) {
            return failure(found, "a storage class that can be read at once", "restore the object first", e);
        }
        if (e.statusCode() == 403) {
            boolean kms = String.valueOf(settings.encryption()).startsWith("aws:kms");
            String rights = RIGHTS + (kms ? ", and kms:GenerateDataKey, kms:Decrypt of the key" : "");
            return failure(found, "the rights " + rights, "grant them", e);
        }
        boolean passing = e.statusCode() >= 500 || e.statusCode() == 429 || BUSY.contains(code);
        return new ArchiveFailure(
                found, "a server that takes it", "look at the server and the plan's s3 block", passing, e);
    }

    /** What is said when the bytes that arrived are not those that were sent. */
    ArchiveFailure damaged(String doing, String differs, @Nullable Throwable cause) {
        return new ArchiveFailure(
                doing + ": it arrived damaged in " + settings + ": " + differs,
                "the bytes of the file",
                "look at the server and what is between it and this machine",
                true,
                cause);
    }

    private ArchiveFailure client(String doing, SdkException e) {
        if (find(e, SSLException.class) != null) {
            return failure(
                    doing + ": the certificate of " + settings + " is not trusted, or it speaks no TLS",
                    "a certificate that this Java trusts",
                    "correct the endpoint, or name its authority: WFUMIG_JAVA_OPTS=-Djavax.net.ssl.trustStore=…",
                    e);
        }
        var unknown = find(e, UnknownHostException.class);
        var cut = find(e, IOException.class);
        if (cut != null) {
            String why = unknown != null ? "its host is not known" : String.valueOf(cut.getMessage());
            return new ArchiveFailure(
                    doing + ": " + settings + " cannot be reached: " + why,
                    "a server that answers there",
                    "look at the network and the plan's s3 block",
                    true,
                    e);
        }
        String said = String.valueOf(e.getMessage());
        if (said.contains("redentials") || said.contains("rofile")) {
            // Without the SDK's own words: a program that hands out keys may have said anything.
            return new ArchiveFailure(
                    doing + ": there are no keys for " + settings,
                    "accessKey and secretKey in the plan, a profile, or keys where the AWS SDK looks for them",
                    "name them, or export AWS_ACCESS_KEY_ID=… and AWS_SECRET_ACCESS_KEY=…",
                    false,
                    null);
        }
        return failure(doing + ": " + settings.withoutKeys(said), "an S3 server", "look at the plan's s3 block", e);
    }

    /** What is said when the AWS configuration cannot be read; without its own words, for secrets stand in it. */
    ArchiveFailure configuration(String doing) {
        return new ArchiveFailure(
                doing + ": the AWS configuration files cannot be read",
                "~/.aws/config and ~/.aws/credentials of the form that the AWS command line writes",
                "correct them, or name accessKey and secretKey in the plan",
                false,
                null);
    }

    private static ArchiveFailure failure(String found, String expected, String next, Throwable cause) {
        return new ArchiveFailure(found, expected, next, false, cause);
    }

    private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
        for (Throwable at = thrown; at != null; at = at.getCause()) if (type.isInstance(at)) return type.cast(at);
        return null;
    }
}
