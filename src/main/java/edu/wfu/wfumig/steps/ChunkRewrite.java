package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.RowDigest;
import edu.wfu.wfumig.dump.Manifest.ColumnPart;
import edu.wfu.wfumig.dump.RowFormat;
import edu.wfu.wfumig.wordpress.ColumnCharset;
import edu.wfu.wfumig.wordpress.Rewriter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the rows of a chunk.
 *
 * <ol>
 *   <li>The chunk's bytes are searched for anything a rule might concern. What lies before the next find is passed on
 *       as it is, row by row but without looking inside.
 *   <li>A row with a find is taken apart; each text column that the plan does not skip is rewritten as bytes.
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
    private final boolean[] nativeJson;
    private final boolean everyRow;
    private final @Nullable RowRule rule;
    private long changedRows;

    ChunkRewrite(
            Rewriter rewriter,
            List<ColumnPart> columns,
            RowFormat format,
            Set<String> skipped,
            @Nullable RowRule rule) {
        this.rewriter = rewriter;
        this.format = format;
        this.rule = rule;
        charsets = new ColumnCharset[columns.size()];
        nativeJson = new boolean[columns.size()];
        boolean hidden = false;
        for (int i = 0; i < charsets.length; i++) {
            var column = columns.get(i);
            if (!text(column) || skipped.contains(column.name())) continue;
            var charset =
                    column.type().equals("json") ? new ColumnCharset.Direct() : ColumnCharset.of(column.charset());
            charsets[i] = charset;
            nativeJson[i] = column.type().equals("json");
            hidden |= !charset.showsAscii();
        }
        everyRow = hidden || rule != null;
    }

    private static boolean text(ColumnPart column) {
        return switch (column.type()) {
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "json" -> true;
            default -> false;
        };
    }

    /** How many rows were changed so far. */
    long changedRows() {
        return changedRows;
    }

    /**
     * Appends the rewritten rows of {@code raw} to {@code out} and returns their digest; null when nothing changed and
     * nothing was appended.
     */
    @Nullable
    RowDigest rewrite(byte[] raw, int rowsAt, RowDigest before, RowFormat.Buffer out) {
        RowDigest digest = before;
        int copied = rowsAt;
        int at = rowsAt;
        boolean changed = false;
        while (at < raw.length) {
            int found = everyRow ? at : rewriter.candidate(raw, at, raw.length);
            if (found < 0) break;
            int start = found;
            while (start > rowsAt && raw[start - 1] != '\n') start--;
            int end = found;
            while (raw[end] != '\n') end++;
            end++;
            byte[][] row = format.parse(raw, start, end);
            byte[][] after = apply(row);
            if (after != row) {
                out.write(raw, copied, start - copied);
                digest = digest.without(RowDigest.ofRow(row));
                if (after != null) {
                    format.append(out, after);
                    out.write(',');
                    out.write('\n');
                    digest = digest.with(RowDigest.ofRow(after));
                }
                copied = end;
                changed = true;
                changedRows++;
            }
            at = end;
        }
        if (!changed) return null;
        if (copied < raw.length) {
            out.write(raw, copied, raw.length - copied);
            out.truncate(out.size() - 2); // the statement's end
            out.write(',');
            out.write('\n');
        }
        return digest;
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
            now[i] = rewritten;
        }
        return rule == null ? now : rule.apply(now);
    }
}
