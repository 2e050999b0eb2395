package edu.wfu.wfumig.archive.s3;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where an archive in S3 is and how it is kept. {@code toString} is the place, without secrets.
 *
 * @param region null: {@code us-east-1}, which servers other than Amazon's do not look at
 * @param prefix what all keys begin with, without a slash at either end; empty for none
 * @param endpoint null for Amazon's own
 * @param storageClass null for the bucket's default
 * @param encryption {@code AES256}, {@code aws:kms} or {@code aws:kms:dsse}; null for the bucket's default
 * @param profile a profile of the AWS configuration files
 * @param keys null, without a profile too: the SDK's chain
 * @param partBytes how large the parts are in which a file goes up, 5 MB at least; a file no larger goes up in one
 */
public record S3Settings(
        String bucket,
        @Nullable String region,
        String prefix,
        @Nullable URI endpoint,
        boolean pathStyle,
        @Nullable String storageClass,
        @Nullable String encryption,
        @Nullable String kmsKey,
        @Nullable String profile,
        @Nullable Keys keys,
        int partBytes) {

    /** Parts of 16 MB: what a cut connection costs, and far from the 10,000 parts that S3 allows. */
    public static final int PART_BYTES = 16 << 20;

    /** Values of keys, as the server wants them. */
    public record Keys(
            String access, String secret, @Nullable String session) {
        @Override
        public String toString() {
            return "Keys[…]";
        }
    }

    String key(String key) {
        return prefix.isEmpty() ? key : prefix + "/" + key;
    }

    /** A text in which no key stands. */
    String withoutKeys(String text) {
        if (keys == null) return text;
        String clean = text.replace(keys.secret(), "…").replace(keys.access(), "…");
        return keys.session() == null ? clean : clean.replace(keys.session(), "…");
    }

    @Override
    public String toString() {
        return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix) + (endpoint == null ? "" : " at " + endpoint);
    }
}
