package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.database.SnapshotReader;
import java.io.IOException;

/** Puts the rows of a table into chunks. */
record ChunkSink(GrowingChunk chunk, Room.Place place, DumpProgress.Table safe, Brake brake, Crew crew)
        implements SnapshotReader.RowSink {
    @Override
    public void row(byte[][] values) throws IOException {
        brake.passed(1, crew.pulse());
        place.fit(chunk.sizeWith(values));
        if (chunk.add(values)) next();
    }

    @Override
    public void line(byte[] line) throws IOException {
        brake.passed(1, crew.pulse());
        place.fit(chunk.sizeWith(line));
        if (chunk.add(line)) next();
    }

    private void next() throws IOException {
        write();
        chunk.begin();
        place.renew();
    }

    private void write() throws IOException {
        safe.chunk(chunk.end(), true, () -> {});
        crew.moved(chunk.rows(), chunk.bytes());
    }

    void end() throws IOException {
        if (chunk.rows() > 0) write();
    }
}
