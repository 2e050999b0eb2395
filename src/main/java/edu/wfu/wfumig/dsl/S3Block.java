package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Secret;

/** {@code s3 { … }}: a bucket of Amazon S3, MinIO or another server that speaks its protocol. */
public interface S3Block extends Block {
    /** The bucket, which must exist. */
    void bucket(String name);

    /** Where the bucket is, as in {@code us-east-1}; may be left out when there is an endpoint. */
    void region(String name);

    /** What all keys begin with, as in {@code runs}. */
    void prefix(String path);

    /** The server's address, as in {@code https://minio.wfu.test:9000}; Amazon's own when left out. */
    void endpoint(String url);

    /** The bucket stands in the path instead of the host name, as MinIO and most others want it. */
    void pathStyle();

    /** {@code STANDARD_IA} and its like; the bucket's default when left out. */
    void storageClass(String name);

    /** {@code AES256}, {@code aws:kms} or {@code aws:kms:dsse}; the bucket's default when left out. */
    void encryption(String algorithm);

    /** The key of KMS with which objects are encrypted; the account's default when left out. */
    void kmsKey(String idOrArn);

    /** Who writes: an access key. With no key and no profile the AWS SDK looks in its usual places. */
    void accessKey(Secret secret);

    /** The secret key that belongs to the access key. */
    void secretKey(Secret secret);

    /** The session token of keys that end. */
    void sessionToken(Secret secret);

    /** A profile of the AWS configuration files, instead of keys. */
    void profile(String name);
}
