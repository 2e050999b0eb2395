package edu.wfu.wfumig.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The journal file: one event a line, numbered and checksummed.
 *
 * <ol>
 *   <li>A line is {@code {"seq":n,"at":…,"crc":…,"data":{…}}}; the checksum covers {@code data} as it is written.
 *   <li>A line counts when it is on disk; {@link #append} returns only then.
 *   <li>On opening, a last line without its end was torn by a crash and is cut off. Anything else that does not fit
 *       stops with a message: the journal is the only truth, so nothing is guessed.
 * </ol>
 */
public final class Journal implements EventLog {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An event with its time. */
    public record Entry(long seq, Instant at, Event event) {}

    private final Path path;
    private final FileChannel file;
    private long seq;
    private @Nullable IOException lost;

    private Journal(Path path, FileChannel file, long seq) {
        this.path = path;
        this.file = file;
        this.seq = seq;
    }

    /** Opens for appending, after cutting off a torn last line. */
    public static Journal open(Path path, List<Entry> entries) throws IOException {
        long whole = Files.exists(path) ? wholeLines(Files.readAllBytes(path)) : 0;
        var file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        file.truncate(whole);
        file.position(whole);
        return new Journal(path, file, entries.size());
    }

    /** All events of a journal file; none when there is no file. */
    public static List<Entry> read(Path path) throws IOException {
        var entries = new ArrayList<Entry>();
        if (!Files.exists(path)) return entries;
        byte[] bytes = Files.readAllBytes(path);
        int from = 0;
        int whole = wholeLines(bytes);
        for (int i = 0; i < whole; i++) {
            if (bytes[i] != '\n') continue;
            entries.add(parse(path, new String(bytes, from, i - from, StandardCharsets.UTF_8), entries.size() + 1));
            from = i + 1;
        }
        return entries;
    }

    /** How many bytes are lines with an end. */
    private static int wholeLines(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') end--;
        return end;
    }

    private static Entry parse(Path path, String line, long expected) {
        try {
            JsonNode node = JSON.readTree(line);
            String data = JSON.writeValueAsString(node.get("data"));
            long seq = node.get("seq").asLong();
            if (seq != expected) throw unreadable(path, expected, "it is numbered " + seq, null);
            if (!node.get("crc").asText().equals(crc(data))) {
                throw unreadable(path, expected, "its checksum does not fit", null);
            }
            Event event = JSON.treeToValue(node.get("data"), Event.class);
            return new Entry(seq, Instant.parse(node.get("at").asText()), event);
        } catch (IOException | RuntimeException e) {
            if (e instanceof Refusal refusal) throw refusal;
            throw unreadable(path, expected, String.valueOf(e.getMessage()), e);
        }
    }

    private static Refusal unreadable(Path path, long line, String why, @Nullable Throwable cause) {
        var problem = Problem.of(
                "line " + line + " of " + path + " cannot be trusted: " + why,
                "the journal as wfumig wrote it",
                "nothing was changed",
                "restore the file from a backup, or start a new run");
        return cause == null
                ? new Refusal(Refusal.Kind.FAILED, problem)
                : new Refusal(Refusal.Kind.FAILED, problem, cause);
    }

    /** Writes an event and waits until it is on disk. */
    @Override
    public synchronized Entry append(Event event) {
        if (lost != null) throw unwritable(String.valueOf(lost.getMessage()), lost);
        long before = 0;
        try {
            before = file.position();
            var at = Instant.now();
            ObjectNode line = JSON.createObjectNode();
            JsonNode data = JSON.valueToTree(event);
            line.put("seq", seq + 1);
            line.put("at", at.toString());
            line.put("crc", crc(JSON.writeValueAsString(data)));
            line.set("data", data);
            var bytes = ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) file.write(bytes);
            file.force(false);
            seq++;
            return new Entry(seq, at, event);
        } catch (IOException e) {
            lost = e;
            cutBackTo(before);
            throw unwritable(String.valueOf(e.getMessage()), e);
        }
    }

    /** Takes half a line away again; what stays torn is cut off when the journal is opened. */
    private void cutBackTo(long position) {
        try {
            file.truncate(position);
        } catch (IOException e) {
            // Nothing is appended any more, so the torn line stays the last one.
        }
    }

    private Refusal unwritable(String why, IOException cause) {
        var problem = Problem.of(
                "the ledger " + path + " cannot be written: " + why,
                "room and rights in the state folder",
                "the run stops here: nothing goes on unrecorded",
                "mend it, then type: wfumig resume");
        return new Refusal(Refusal.Kind.FAILED, problem, cause);
    }

    private static String crc(String data) {
        var crc = new CRC32();
        crc.update(data.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
