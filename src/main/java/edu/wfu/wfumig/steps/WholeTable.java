package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.dump.DumpWriter;
import edu.wfu.wfumig.dump.Manifest.ColumnPart;
import edu.wfu.wfumig.dump.Manifest.TablePart;
import java.io.IOException;

/**
 * One table on its way into staging as the source's server hands it over: all of its chunks go in together, and nobody looks
 * into them. No resume goes on in the middle of it. For one thread.
 */
record WholeTable(TablePart table, String staged, StagedTable.Tool tool) {
    Loaded.Table load(Feed feed, DumpWriter.TableWriter writer, DumpProgress.Table safe, Crew crew) throws IOException {
        var names = table.columns().stream().map(ColumnPart::name).toList();
        long rows = 0;
        try (var whole = tool.loader().whole(staged, names)) {
            int place = 0;
            for (var chunk = feed.chunk(table.name(), place, crew);
                    chunk != null;
                    chunk = feed.chunk(table.name(), ++place, crew)) {
                try (var room = tool.room().take(chunk.frame().raw(), crew::lookAround)) {
                    byte[] bytes = tool.reader().packed(chunk.frame());
                    whole.add(bytes, chunk.rowsAt(), bytes.length);
                    safe.chunk(writer.copy(bytes, chunk), false, () -> {});
                }
                rows += chunk.digest().rows();
                crew.moved(chunk.digest().rows(), chunk.frame().raw());
            }
            return new Loaded.Table(whole.commit(rows), rows);
        }
    }
}
