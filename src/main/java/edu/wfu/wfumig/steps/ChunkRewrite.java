package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.RowDigest;
import edu.wfu.wfumig.dump.Manifest.ColumnPart;
import edu.wfu.wfumig.dump.RowBuffer;
import edu.wfu.wfumig.dump.RowFormat;
import edu.wfu.wfumig.inventory.Column;
import edu.wfu.wfumig.wordpress.ColumnCharset;
import edu.wfu.wfumig.wordpress.Rewriter;
import edu.wfu.wfumig.wordpress.Tally;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the rows of a chunk.
 *
 * <ol>
 *   <li>The chunk's bytes are searched for anything a rule might concern. What lies before the next find is passed on
 *       as it is, row by row but without looking inside.
 *   <li>A row with a find is taken apart; each text column that the plan does not skip is rewritten as bytes. Rows in which
 *       the source's host is left are counted.
 *   <li>The digest loses the row as it was and gains it as it is: untouched rows keep the part that was computed when
 *       they were read from the source.
 * </ol>
 *
 * Tables with columns in which ASCII does not show as ASCII (utf16) are taken apart row by row.
 */
final class ChunkRewrite {
    /** Changes or drops rows of one table for reasons of its own; null drops a row. */
    interface RowRule {
        byte @Nullable [][] apply(byte[][] row);
    }

    private final Rewriter rewriter;
    private final RowFormat format;
    private final @Nullable ColumnCharset[] charsets;
    private final @Nullable ByteSearch[] leftover;
    private final boolean[] nativeJson;
    private final boolean[] padded;
    private final boolean everyRow;
    private final @Nullable RowRule rule;
    private final Tally tally;
    private long changedRows;
    private long leftovers;

    /**
     * @param host rows in which it still stands are counted; null when nothing is counted
     */
    ChunkRewrite(
            Rewriter rewriter,
            int rules,
            List<ColumnPart> columns,
            RowFormat format,
            Set<String> skipped,
            @Nullable RowRule rule,
            @Nullable String host) {
        this.tally = new Tally(rules);
        this.rewriter = rewriter.tallying(tally);
        this.format = format;
        this.rule = rule;
        charsets = new ColumnCharset[columns.size()];
        leftover = new ByteSearch[columns.size()];
        nativeJson = new boolean[columns.size()];
        padded = new boolean[columns.size()];
        boolean hidden = false;
        for (int i = 0; i < charsets.length; i++) {
            var column = columns.get(i);
            if (!text(column)) continue;
            var charset = json(column) ? new ColumnCharset.Direct() : ColumnCharset.of(column.charset());
            hidden |= !charset.showsAscii();
            if (host != null) leftover[i] = new ByteSearch(charset.bytes(host));
            if (skipped.contains(column.name())) continue;
            charsets[i] = charset;
            nativeJson[i] = json(column);
            padded[i] = column.type().equals("bpchar");
        }
        everyRow = hidden || rule != null;
    }

    private static boolean text(ColumnPart column) {
        return new Column(column.name(), column.type(), column.charset(), "", false).text();
    }

    private static boolean json(ColumnPart column) {
        return column.type().equals("json") || column.type().equals("jsonb");
    }

    /** What was counted since this was asked for last. */
    Counts.Counted counted() {
        var counted = new Counts.Counted(tally.take(), changedRows, leftovers);
        changedRows = 0;
        leftovers = 0;
        return counted;
    }

    /**
     * Appends the rewritten rows of {@code raw} to {@code out} and returns their digest; null when nothing changed and
     * nothing was appended.
     */
    @Nullable
    RowDigest rewrite(byte[] raw, int rowsAt, RowDigest before, RowBuffer out) {
        RowDigest digest = before;
        int copied = rowsAt;
        int at = rowsAt;
        int rowsEnd = format.end(raw.length);
        boolean changed = false;
        while (at < rowsEnd) {
            int found = everyRow ? at : rewriter.candidate(raw, at, rowsEnd);
            if (found < 0) break;
            int start = found;
            while (start > rowsAt && raw[start - 1] != '\n') start--;
            byte[][] row = new byte[charsets.length][];
            int end = format.parse(raw, start, row);
            byte[][] after = apply(row);
            if (after != null && hasLeftover(after)) leftovers++;
            if (after != row) {
                out.write(raw, copied, start - copied);
                digest = digest.without(format.checksum(row));
                if (after != null) digest = digest.with(format.append(out, after));
                copied = end;
                changed = true;
                changedRows++;
            }
            at = end;
        }
        if (!changed) return null;
        if (copied < rowsEnd) out.write(raw, copied, rowsEnd - copied);
        return digest;
    }

    private boolean hasLeftover(byte[][] row) {
        for (int i = 0; i < row.length; i++) {
            var search = leftover[i];
            if (search != null && row[i] != null && search.in(row[i])) return true;
        }
        return false;
    }

    /** PostgreSQL's char(n) has n characters, filled up with blanks. */
    private static byte[] padded(byte[] rewritten, byte[] before) {
        String text = new String(rewritten, StandardCharsets.UTF_8).replaceFirst(" +\\z", "");
        String old = new String(before, StandardCharsets.UTF_8);
        int missing = old.codePointCount(0, old.length()) - text.codePointCount(0, text.length());
        return (text + " ".repeat(Math.max(0, missing))).getBytes(StandardCharsets.UTF_8);
    }

    /** The row with all rules applied: the same array when nothing changes, null when the row is dropped. */
    private byte @Nullable [][] apply(byte[][] row) {
        byte[][] now = row;
        for (int i = 0; i < row.length; i++) {
            var charset = charsets[i];
            if (charset == null || row[i] == null) continue;
            byte[] rewritten = nativeJson[i] ? rewriter.rewriteJson(row[i]) : charset.rewrite(row[i], rewriter);
            if (rewritten == row[i]) continue;
            if (now == row) now = row.clone();
            now[i] = padded[i] ? padded(rewritten, row[i]) : rewritten;
        }
        return rule == null ? now : rule.apply(now);
    }
}
