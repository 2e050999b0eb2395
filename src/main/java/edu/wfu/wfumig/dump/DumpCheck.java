package edu.wfu.wfumig.dump;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.RowDigest;
import edu.wfu.wfumig.dump.Manifest.ChunkPart;
import edu.wfu.wfumig.dump.Manifest.TablePart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Holds a dump against its manifest: its length, each frame, and each row of it by its checksum. */
public final class DumpCheck {
    private DumpCheck() {}

    /** The manifest, when the dump is what it describes; refuses otherwise. Reads one chunk at a time. */
    public static Manifest of(Path dump) throws IOException {
        var manifest = Manifest.of(dump);
        try (var reader = new DumpReader(dump)) {
            for (var table : manifest.tables()) {
                var format = manifest.form().rows(table.columns());
                for (var chunk : table.chunks()) {
                    byte[] raw = opened(reader, table, chunk);
                    if (!agrees(format, table.columns().size(), raw, chunk)) throw other(dump, table, chunk);
                }
            }
        }
        return manifest;
    }

    private static byte[] opened(DumpReader reader, TablePart table, ChunkPart chunk) throws IOException {
        try {
            return reader.open(reader.packed(chunk.frame()), chunk.frame());
        } catch (Refusal refusal) {
            var problem = refusal.problems().get(0);
            throw new Refusal(
                    refusal.kind(),
                    Problem.of(
                            problem.found() + ", in " + place(table, chunk),
                            problem.expected(),
                            "nothing of it was used",
                            "look for another copy of the dump"));
        }
    }

    /** The chunk as people count them. */
    private static String place(TablePart table, ChunkPart chunk) {
        return "chunk " + (table.chunks().indexOf(chunk) + 1) + " of "
                + table.chunks().size() + " of " + table.name();
    }

    private static boolean agrees(RowFormat format, int columns, byte[] raw, ChunkPart chunk) {
        try {
            return digest(format, columns, raw, chunk).equals(chunk.digest());
        } catch (IllegalStateException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            return false; // no rows of this form
        }
    }

    private static RowDigest digest(RowFormat format, int columns, byte[] raw, ChunkPart chunk) {
        var digest = RowDigest.EMPTY;
        byte[][] row = new byte[columns][];
        int end = format.end(raw.length);
        for (int at = chunk.rowsAt(); at < end; ) {
            Arrays.fill(row, null);
            at = format.parse(raw, at, row);
            digest = digest.with(format.checksum(row));
        }
        return digest;
    }

    private static Refusal other(Path dump, TablePart table, ChunkPart chunk) {
        return new Refusal(
                Refusal.Kind.MISMATCH,
                Problem.of(
                        dump + " holds other rows of " + table.name() + " at byte "
                                + chunk.frame().offset() + ", in " + place(table, chunk),
                        "the " + chunk.digest().rows() + " rows that the manifest describes",
                        "nothing of it was used",
                        "look for another copy of the dump"));
    }
}
