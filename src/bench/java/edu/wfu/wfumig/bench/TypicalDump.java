package edu.wfu.wfumig.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Prints a dump as mysqldump writes it, of about {@code args[0]} MB: posts, and as many bytes of postmeta, half of that
 * serialized, some of it JSON; one byte in a hundred belongs to an address. Always the same for the same size.
 *
 * <p>{@code java TypicalDump.java 500 > dump.sql}
 */
public final class TypicalDump {
    private static final String[] WORDS = ("the of to and in a is that for it as was with be by on not this have from they one had all"
                    + " were her she there would their will when who more no if out so said what up its about into than them can"
                    + " university campus students faculty college academic program science humanities économie café 大学 it\\'s")
            .split(" ");
    private static final String HOST = "http://dev.wfu.test";

    private TypicalDump() {}

    public static void main(String[] args) throws IOException {
        long wanted = Long.parseLong(args[0]) << 20;
        var random = new Random(7);
        try (var out = new BufferedOutputStream(System.out, 1 << 20)) {
            long written = 0;
            for (int id = 1; written < wanted; ) {
                var line = new StringBuilder(id % 2 == 0 ? "INSERT INTO `wp_43_posts` VALUES " : "INSERT INTO `wp_43_postmeta` VALUES ");
                boolean posts = id % 2 == 0;
                while (line.length() < 1_000_000) {
                    line.append(line.charAt(line.length() - 1) == ')' ? "," : "").append('(').append(id++).append(",'");
                    if (posts) post(random, line);
                    else meta(random, line);
                    line.append("','closed',NULL)");
                }
                byte[] bytes = line.append(";\n").toString().getBytes(StandardCharsets.UTF_8);
                out.write(bytes);
                written += bytes.length;
                id += posts == (id % 2 == 0) ? 1 : 0;
            }
        }
    }

    private static void post(Random random, StringBuilder out) {
        for (int paragraph = 1 + random.nextInt(12); paragraph > 0; paragraph--) {
            out.append("<!-- wp:paragraph -->\\n<p>");
            prose(random, 300, out);
            out.append("</p>\\n<!-- /wp:paragraph -->\\n\\n");
            if (random.nextInt(5) < 1) {
                out.append("<img src=\\\"").append(HOST).append("/wp-content/uploads/").append(random.nextInt(1 << 20)).append(".jpg\\\"/>");
            }
        }
    }

    private static void meta(Random random, StringBuilder out) {
        int kind = random.nextInt(4);
        if (kind == 0) {
            out.append("1699999999:").append(random.nextInt(100));
        } else if (kind == 1) {
            out.append("[{\\\"id\\\":\\\"").append(random.nextInt(1 << 20)).append("\\\",\\\"url\\\":\\\"")
                    .append(random.nextInt(3) == 0 ? HOST.replace("/", "\\\\/") : "").append("\\\\/img\\\",\\\"text\\\":\\\"");
            prose(random, 300, out);
            out.append("\\\"}]");
        } else {
            out.append("a:3:{s:5:\\\"width\\\";i:1024;s:4:\\\"file\\\";");
            string(random.nextInt(4) == 0 ? HOST + "/wp-content/a.jpg" : "2024/11/a.jpg", out);
            out.append("s:5:\\\"sizes\\\";a:4:{");
            for (int i = 0; i < 4; i++) {
                out.append("i:").append(i).append(";a:2:{s:4:\\\"file\\\";");
                string("photo-" + random.nextInt(1 << 20) + ".jpg", out);
                out.append("s:6:\\\"height\\\";i:").append(random.nextInt(1000)).append(";}");
            }
            out.append("}}");
        }
    }

    private static void string(String text, StringBuilder out) {
        out.append("s:").append(text.length()).append(":\\\"").append(text).append("\\\";");
    }

    private static void prose(Random random, int length, StringBuilder out) {
        for (int end = out.length() + length; out.length() < end; ) {
            out.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
    }
}
