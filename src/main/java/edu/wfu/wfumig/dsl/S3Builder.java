package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Archive;
import edu.wfu.wfumig.plan.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Builds an archive in S3, and checks what can be checked without asking a server. */
final class S3Builder extends BlockBuilder implements S3Block {
    /** Those from which an object can be read at once: a rollback may need a backup now. */
    static final List<String> STORAGE_CLASSES =
            List.of("STANDARD", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR", "REDUCED_REDUNDANCY");

    private static final List<String> SLOW_CLASSES = List.of("GLACIER", "DEEP_ARCHIVE");
    static final List<String> ENCRYPTIONS = List.of("AES256", "aws:kms", "aws:kms:dsse");

    private @Nullable String bucket;
    private @Nullable String region;
    private String prefix = "";
    private @Nullable String endpoint;
    private boolean pathStyle;
    private @Nullable String storageClass;
    private @Nullable String encryption;
    private @Nullable String kmsKey;
    private @Nullable String profile;
    private @Nullable Secret accessKey;
    private @Nullable Secret secretKey;
    private @Nullable Secret sessionToken;

    S3Builder(PlanReading reading) {
        super(reading);
    }

    @Override
    public void bucket(String name) {
        if (!name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]") || name.contains("..")) {
            reading.problem(
                    "'" + name + "' cannot name a bucket", "3 to 63 lower-case letters, digits, dots and dashes");
        }
        bucket = name;
    }

    @Override
    public void region(String name) {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            reading.problem("'" + name + "' cannot be a region", "a name such as us-east-1");
        }
        region = name;
    }

    @Override
    public void prefix(String path) {
        String bare = path.replaceFirst("^/+", "").replaceFirst("/+$", "");
        if (!bare.matches("[A-Za-z0-9!_.*'()-]+(/[A-Za-z0-9!_.*'()-]+)*")
                || List.of(bare.split("/")).stream().anyMatch(part -> part.matches("\\.+"))) {
            reading.problem(
                    "'" + path + "' cannot be a prefix", "names with slashes between them, as in 'wfumig/runs'");
        }
        prefix = bare;
    }

    @Override
    public void endpoint(String url) {
        if (!isAddress(url)) {
            // What is refused may hold a password, so it is not repeated.
            reading.problem(
                    "the endpoint is not the address of a server",
                    "http:// or https://, a host, a port if need be, nothing else");
        }
        endpoint = url.replaceFirst("/+$", "");
    }

    private static boolean isAddress(String url) {
        try {
            var address = new URI(url);
            return List.of("http", "https").contains(String.valueOf(address.getScheme()))
                    && address.getHost() != null
                    && address.getUserInfo() == null
                    && address.getQuery() == null
                    && address.getFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    @Override
    public void pathStyle() {
        pathStyle = true;
    }

    @Override
    public void storageClass(String name) {
        if (SLOW_CLASSES.contains(name)) {
            reading.problem(
                    "from the storage class '" + name
                            + "' nothing can be fetched for hours, and a rollback may need it",
                    "one of " + STORAGE_CLASSES + "; a rule of the bucket can move old objects on");
        } else if (!STORAGE_CLASSES.contains(name)) {
            reading.problem(
                    "no storage class is called '" + name + "'" + Nearest.hint(name, STORAGE_CLASSES),
                    "one of " + STORAGE_CLASSES);
        }
        storageClass = name;
    }

    @Override
    public void encryption(String algorithm) {
        if (!ENCRYPTIONS.contains(algorithm)) {
            reading.problem(
                    "no encryption is called '" + algorithm + "'" + Nearest.hint(algorithm, ENCRYPTIONS),
                    "one of " + ENCRYPTIONS);
        }
        encryption = algorithm;
    }

    @Override
    public void kmsKey(String idOrArn) {
        if (idOrArn.isBlank()) reading.problem("an empty key", "the id, the alias or the ARN of a key of KMS");
        kmsKey = idOrArn;
    }

    @Override
    public void accessKey(Secret secret) {
        accessKey = secret;
    }

    @Override
    public void secretKey(Secret secret) {
        secretKey = secret;
    }

    @Override
    public void sessionToken(Secret secret) {
        sessionToken = secret;
    }

    @Override
    public void profile(String name) {
        profile = name;
    }

    /** Takes from the settings what the plan does not say. */
    private void configure() {
        take("bucket", bucket, this::bucket);
        take("region", region, this::region);
        take("prefix", prefix.isEmpty() ? null : prefix, this::prefix);
        take("endpoint", endpoint, this::endpoint);
        take("path-style", pathStyle ? "true" : null, wanted -> pathStyle = wanted.equals("true"));
        take("storage-class", storageClass, this::storageClass);
        take("encryption", encryption, this::encryption);
        take("kms-key", kmsKey, this::kmsKey);
        take("profile", profile, this::profile);
        take("access-key-secret", nameOf(accessKey), named -> accessKey = new Secret(named));
        take("secret-key-secret", nameOf(secretKey), named -> secretKey = new Secret(named));
        take("session-token-secret", nameOf(sessionToken), named -> sessionToken = new Secret(named));
    }

    private static @Nullable String nameOf(@Nullable Secret secret) {
        return secret == null ? null : secret.name();
    }

    private void take(String field, @Nullable String ofPlan, Consumer<String> word) {
        String value = reading.setting("s3." + field, ofPlan);
        if (value != null && !value.equals(ofPlan)) word.accept(value);
    }

    Archive build() {
        configure();
        if (bucket == null) reading.problem("this archive has no bucket", "bucket 'name'");
        if (region == null && endpoint == null) {
            reading.problem("this archive has neither a region nor an endpoint", "region 'us-east-1'");
        }
        if (kmsKey != null && (encryption == null || !encryption.startsWith("aws:kms"))) {
            reading.problem("a kmsKey that nothing is encrypted with", "encryption 'aws:kms'");
        }
        boolean half = (accessKey == null) != (secretKey == null);
        if (half) {
            reading.problem(
                    accessKey == null ? "a secretKey without an accessKey" : "an accessKey without a secretKey",
                    "both of them, or neither: then the AWS SDK looks in its usual places");
        }
        if (sessionToken != null && accessKey == null && !half) {
            reading.problem("a sessionToken without keys", "accessKey and secretKey");
        }
        if (profile != null && accessKey != null) reading.problem("a profile beside keys", "one of them");
        var keys = accessKey == null || secretKey == null ? null : new Archive.Keys(accessKey, secretKey, sessionToken);
        return new Archive.S3(
                bucket == null ? "" : bucket,
                region,
                prefix,
                endpoint,
                pathStyle,
                storageClass,
                encryption,
                kmsKey,
                profile,
                keys);
    }
}
