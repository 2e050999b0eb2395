package edu.wfu.wfumig.plan;

import org.jspecify.annotations.Nullable;

/** Where dumps, manifests, ledgers and reports are kept. {@code toString} is the place as people name it. */
public sealed interface Archive {
    /** Whether anything is archived at all. */
    default boolean keeps() {
        return !(this instanceof Nowhere);
    }

    /** Nothing is archived. */
    record Nowhere() implements Archive {
        @Override
        public String toString() {
            return "nowhere";
        }
    }

    /** A directory; a relative path counts from where wfumig is started. */
    record Directory(String path) implements Archive {
        @Override
        public String toString() {
            return path;
        }
    }

    /**
     * A bucket of Amazon S3 or of a server that speaks its protocol.
     *
     * @param region null where {@code endpoint} says all that is needed
     * @param prefix what all keys begin with, without a slash at either end; empty for none
     * @param endpoint the server's address; null for Amazon's own
     * @param pathStyle whether the bucket stands in the path instead of the host name
     * @param storageClass as S3 names it; null for the bucket's default
     * @param encryption {@code AES256}, {@code aws:kms} or {@code aws:kms:dsse}; null for the bucket's default
     * @param kmsKey a key of KMS; null for the account's default
     * @param profile a profile of the AWS configuration files
     * @param keys null for the SDK's chain: environment, profile, container, instance
     */
    record S3(
            String bucket,
            @Nullable String region,
            String prefix,
            @Nullable String endpoint,
            boolean pathStyle,
            @Nullable String storageClass,
            @Nullable String encryption,
            @Nullable String kmsKey,
            @Nullable String profile,
            @Nullable Keys keys)
            implements Archive {
        @Override
        public String toString() {
            return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix)
                    + (endpoint == null ? "" : " at " + endpoint);
        }
    }

    /** Who writes to a bucket; {@code session} belongs to keys that end. */
    record Keys(Secret access, Secret secret, @Nullable Secret session) {}
}
