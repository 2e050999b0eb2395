package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Archive;
import groovy.lang.Closure;
import org.jspecify.annotations.Nullable;

/** Builds the place where runs are archived: one, not two. */
final class ArchiveBuilder extends BlockBuilder implements ArchiveBlock {
    private @Nullable String named;
    private Archive archive = new Archive.Nowhere();

    ArchiveBuilder(PlanReading reading) {
        super(reading);
    }

    @Override
    public void directory(String path) {
        one("directory");
        if (path.isBlank()) reading.problem("an archive without a directory", "directory 'archive'");
        archive = new Archive.Directory(path);
    }

    @Override
    public void s3(Closure<?> body) {
        one("s3");
        var builder = new S3Builder(reading);
        builder.run(body);
        archive = builder.build();
    }

    private void one(String word) {
        if (named != null) {
            reading.problem(
                    "`" + word + "` beside " + (named.equals(word) ? "another one" : "`" + named + "`"),
                    "one place: directory '…' or s3 { … }");
        }
        named = word;
    }

    Archive build() {
        if (named == null) reading.problem("an archive block that names no place", "directory '…' or s3 { … }");
        return archive;
    }
}
