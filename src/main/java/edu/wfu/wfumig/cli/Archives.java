package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.archive.ArchiveStore;
import edu.wfu.wfumig.archive.disk.DirectoryArchive;
import edu.wfu.wfumig.archive.s3.S3Archive;
import edu.wfu.wfumig.archive.s3.S3Settings;
import edu.wfu.wfumig.plan.Archive;
import edu.wfu.wfumig.plan.Secret;
import edu.wfu.wfumig.settings.Configuration;
import edu.wfu.wfumig.settings.Folders;
import edu.wfu.wfumig.settings.Secrets;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From what a plan says of its archive to the archive; secrets are looked up here. */
final class Archives {
    private Archives() {}

    /** Null when the plan names none. */
    static @Nullable ArchiveStore open(Archive archive, Secrets secrets) {
        if (archive instanceof Archive.Directory directory) return new DirectoryArchive(Path.of(directory.path()));
        if (archive instanceof Archive.S3 s3) return S3Archive.open(settings(s3, secrets));
        return null;
    }

    /** The bucket that is configured; nowhere when none is. */
    static Archive configured(Map<String, String> environment) {
        var settings = new TreeMap<String, String>();
        new Configuration(environment, Folders.of(environment))
                .section("s3")
                .forEach((field, setting) -> settings.put(field, setting.value()));
        return settings.containsKey("bucket") ? s3(settings) : new Archive.Nowhere();
    }

    /** @param settings the fields of the section {@code s3} */
    static Archive.S3 s3(Map<String, String> settings) {
        String access = settings.get("access-key-secret");
        String secret = settings.get("secret-key-secret");
        return new Archive.S3(
                settings.getOrDefault("bucket", ""),
                settings.get("region"),
                settings.getOrDefault("prefix", ""),
                settings.get("endpoint"),
                "true".equals(settings.get("path-style")),
                settings.get("storage-class"),
                settings.get("encryption"),
                settings.get("kms-key"),
                settings.get("profile"),
                access == null || secret == null
                        ? null
                        : new Archive.Keys(new Secret(access), new Secret(secret), null));
    }

    private static S3Settings settings(Archive.S3 s3, Secrets secrets) {
        var keys = s3.keys();
        return new S3Settings(
                s3.bucket(),
                s3.region(),
                s3.prefix(),
                s3.endpoint() == null ? null : URI.create(s3.endpoint()),
                s3.pathStyle(),
                s3.storageClass(),
                s3.encryption(),
                s3.kmsKey(),
                s3.profile(),
                keys == null
                        ? null
                        : new S3Settings.Keys(
                                secrets.value(keys.access().name()),
                                secrets.value(keys.secret().name()),
                                session(keys.session(), secrets)),
                S3Settings.PART_BYTES);
    }

    private static @Nullable String session(@Nullable Secret secret, Secrets secrets) {
        return secret == null ? null : secrets.value(secret.name());
    }
}
