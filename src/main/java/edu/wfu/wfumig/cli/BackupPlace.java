package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.OwnerOnly;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.archive.ArchiveFailure;
import edu.wfu.wfumig.archive.ArchiveStore;
import edu.wfu.wfumig.dump.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Where a dump that is to be restored lies with its manifest. {@code toString} is the place as people name it. */
sealed interface BackupPlace {
    /** Brings the manifest to where {@code dump} is going to be. */
    void bringManifest(Path dump) throws IOException;

    void bringDump(Path dump) throws IOException;

    /** Files that somebody has. */
    record InFile(Path file) implements BackupPlace {
        @Override
        public void bringManifest(Path dump) throws IOException {
            if (!Manifest.isComplete(file)) throw lacks(Manifest.beside(file) + " is not there");
            OwnerOnly.folders(dump.getParent());
            Files.copy(Manifest.beside(file), Manifest.beside(dump), StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        public void bringDump(Path dump) throws IOException {
            if (!Files.exists(file)) throw lacks(file + " is not there");
            Files.copy(file, dump, StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /**
     * Files of an archive.
     *
     * @param key of the dump, without its ending
     */
    record InArchive(ArchiveStore archive, String key) implements BackupPlace {
        @Override
        public void bringManifest(Path dump) throws IOException {
            fetch(key + ".manifest.json", Manifest.beside(dump));
        }

        @Override
        public void bringDump(Path dump) throws IOException {
            fetch(key + ".sql.zst", dump);
        }

        private void fetch(String stored, Path file) throws IOException {
            if (archive.list(stored).isEmpty()) throw lacks(archive + " has no " + stored);
            OwnerOnly.folders(file.getParent());
            try {
                archive.fetch(stored, file);
            } catch (IOException e) {
                throw ArchiveFailure.refusal(
                        e, stored + " cannot be fetched", "nothing was written to any database", "");
            }
        }

        @Override
        public String toString() {
            return key + ".sql.zst in " + archive;
        }
    }

    private static Refusal lacks(String what) {
        return new Refusal(
                Refusal.Kind.MISMATCH,
                Problem.of(
                        what,
                        "a dump and its manifest: without one of them nobody can say that it is whole",
                        "nothing was written to any database",
                        "look for the whole of it with wfumig archive list, or name a plain dump to wfumig site import"));
    }
}
