package edu.wfu.wfumig.embedded;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Runs an SQL file as {@code pg_dump} writes it, without {@code psql}: statements, rows between {@code COPY … FROM stdin;} and
 * {@code \.}, and psql's own commands that a dump of one database has, which say nothing to a server.
 *
 * <p>A statement ends with a line that ends with a semicolon outside of quotes, dollar quotes and comments. Source: PostgreSQL
 * manual, "Lexical Structure".
 */
final class SqlScript {
    private static final Pattern COPY = Pattern.compile("(?is)\\s*COPY\\s.*\\sFROM\\s+stdin\\b.*");
    private static final Pattern QUOTE = Pattern.compile("--[^\\n]*|/\\*|'|\"|\\$(?:[\\p{L}_][\\p{L}\\p{N}_]*)?\\$");
    private static final int ROWS = 1 << 20;

    private final InputStream in;
    private final Connection connection;

    private SqlScript(InputStream in, Connection connection) {
        this.in = in;
        this.connection = connection;
    }

    static void run(InputStream in, Connection connection) throws IOException, SQLException {
        new SqlScript(new BufferedInputStream(in), connection).run();
    }

    private void run() throws IOException, SQLException {
        var statement = new StringBuilder();
        for (byte[] line = line(); line != null; line = line()) {
            String text = new String(line, StandardCharsets.UTF_8);
            if (statement.toString().isBlank()) {
                statement.setLength(0);
                if (text.startsWith("\\") || text.startsWith("--")) continue;
            }
            statement.append(text);
            if (!text.stripTrailing().endsWith(";") || !whole(statement)) continue;
            if (COPY.matcher(statement).matches()) copy(statement.toString());
            else execute(statement.toString());
            statement.setLength(0);
        }
        if (!statement.toString().isBlank() && whole(statement)) execute(statement.toString());
    }

    /** Whether no quote, dollar quote or comment is open at the end. */
    private static boolean whole(CharSequence sql) {
        var quote = QUOTE.matcher(sql);
        String text = sql.toString();
        for (int at = 0; quote.find(at); ) {
            String opened = quote.group();
            if (opened.startsWith("--")) {
                at = quote.end();
                continue;
            }
            int closed = text.indexOf(opened.equals("/*") ? "*/" : opened, quote.end());
            if (closed < 0) return false;
            at = closed + (opened.equals("/*") ? 2 : opened.length());
        }
        return true;
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void copy(String sql) throws IOException, SQLException {
        var copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn(sql.strip().replaceFirst(";$", ""));
        try {
            var rows = new ByteArrayOutputStream(ROWS);
            for (byte[] line = line(); line != null && !isEnd(line); line = line()) {
                rows.write(line, 0, line.length);
                if (rows.size() < ROWS) continue;
                copy.writeToCopy(rows.toByteArray(), 0, rows.size());
                rows.reset();
            }
            copy.writeToCopy(rows.toByteArray(), 0, rows.size());
            copy.endCopy();
        } finally {
            if (copy.isActive()) copy.cancelCopy();
        }
    }

    private static boolean isEnd(byte[] line) {
        return line.length >= 2 && line[0] == '\\' && line[1] == '.';
    }

    /** The next line with its newline; null at the end. */
    private byte @Nullable [] line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int one = in.read(); one >= 0; one = in.read()) {
            line.write(one);
            if (one == '\n') break;
        }
        return line.size() == 0 ? null : line.toByteArray();
    }
}
