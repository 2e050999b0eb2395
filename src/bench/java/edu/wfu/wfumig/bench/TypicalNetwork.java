package edu.wfu.wfumig.bench;

import edu.wfu.wfumig.bench.LoadFile.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Writes the tables of a WordPress network, a file each. Always the same for the same arguments; memory does not grow
 * with the size. The definitions of the tables are in {@code src/bench/move}.
 *
 * <p>{@code big FOLDER MB}: site 43, about so large<br>
 * {@code sites FOLDER COUNT}: sites 2, 3, …, each of twelve tables with fifty rows<br>
 * {@code rows FOLDER COUNT MB}: site 43, small but for so many values of so many MB
 */
public final class TypicalNetwork {
    private static final int USERS = 200;
    private static final int ROWS_AT_LEAST = 50;

    /** A table of the folder that is being written. */
    @FunctionalInterface
    private interface Rows {
        void write(LoadFile table) throws IOException;
    }

    private final Path folder;
    private final SplittableRandom random = new SplittableRandom(7);
    private final TypicalText text = new TypicalText(random);
    private final Value value = new Value();
    private long bytes;
    private long rows;

    private TypicalNetwork(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] args) throws IOException {
        var network = new TypicalNetwork(Files.createDirectories(Path.of(args[1])));
        int number = Integer.parseInt(args[2]);
        switch (args[0]) {
            case "big" -> {
                network.network(43, 43);
                network.site(43, number * 1_000_000L, 0, 0);
            }
            case "sites" -> {
                network.network(2, 1 + number);
                for (int id = 2; id <= 1 + number; id++) network.site(id, 0, 0, 0);
            }
            case "rows" -> {
                network.network(43, 43);
                network.site(43, 0, number, Integer.parseInt(args[3]) * 1_000_000);
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
        network.report();
    }

    private void report() {
        long inAddresses = text.addresses() * TypicalText.HOST.length();
        System.out.printf(
                "%,d MB, %,d rows, %,d addresses, one byte in %,d of them%n",
                bytes / 1_000_000, rows, text.addresses(), bytes / inAddresses);
    }

    private void network(int first, int last) throws IOException {
        text.site("");
        table("wp_site", table -> table.row(1, "dev.wfu.test", "/"));
        table("wp_blogs", table -> {
            for (int id = 1; id <= last; id = id == 1 ? first : id + 1) {
                String path = id == 1 ? "/" : "/site" + id + "/";
                table.row(id, 1, "dev.wfu.test", path, text.date(), text.date(), 1, 0, 0, 0, 0, 0);
            }
        });
        table("wp_sitemeta", table -> {
            table.row(1, 1, "site_name", "WFU");
            table.row(2, 1, "siteurl", text.address("/"));
            table.row(3, 1, "site_admins", "a:1:{i:0;s:5:\"admin\";}");
        });
        table("wp_users", table -> {
            for (int i = 1; i <= USERS; i++) {
                String name = i == 1 ? "admin" : "user" + i;
                table.row(i, name, "$P$B", name, name + "@example.org", "", text.date(), "", 0, name, 0, 0);
            }
        });
        table("wp_usermeta", table -> {
            for (int i = 1; i <= USERS; i++) table.row(i, i, "wp_capabilities", "a:1:{s:6:\"editor\";b:1;}");
        });
        table("wp_options", table -> {
            table.row(1, "siteurl", text.address(""), "yes");
            table.row(2, "home", text.address(""), "yes");
            table.row(3, "blogname", "Main", "yes");
        });
    }

    /** A site of twelve tables, each with its share of the size or fifty rows, whichever is more. */
    private void site(int id, long size, int largeValues, int largeBytes) throws IOException {
        text.site("/site" + id);
        String prefix = "wp_" + id + "_";
        int posts = table(prefix + "posts", size * 33 / 100, this::post);
        table(prefix + "postmeta", size / 2, (table, i) -> {
            value.reset();
            String key = i <= largeValues ? large(i, largeBytes) : text.meta(value);
            table.row(i, 1 + random.nextInt(posts), key, value);
        });
        int comments =
                table(prefix + "comments", size / 10, (table, i) -> comment(table, i, 1 + random.nextInt(posts)));
        table(
                prefix + "commentmeta",
                size / 500,
                (table, i) -> table.row(i, 1 + random.nextInt(comments), "rating", i % 6));
        table(prefix + "options", size * 6 / 100, this::option);

        int terms = table(prefix + "terms", size / 5000, (table, i) -> table.row(i, text.title(), "term-" + i, 0));
        table(prefix + "termmeta", 0, (table, i) -> table.row(i, i, "color", "#9E7E38"));
        table(prefix + "term_taxonomy", table -> {
            for (int i = 1; i <= terms; i++) table.row(i, i, i % 3 == 0 ? "category" : "post_tag", "", 0, i % 99);
        });
        table(prefix + "term_relationships", table -> {
            for (int i = 1; i <= posts; i++) table.row(i, 1 + random.nextInt(terms), 0);
        });
        table(
                prefix + "links",
                0,
                (table, i) ->
                        table.row(i, text.address("/l/" + i), "Link", "", "", "", "Y", 1, 0, text.date(), "", "", ""));
        table(
                prefix + "seo_links",
                size / 500,
                (table, i) -> table.row(i, text.address("/p/" + i), 1 + random.nextInt(posts), "internal"));
        table(
                prefix + "redirects",
                size / 500,
                (table, i) -> table.row(i, "/old/" + i, text.address("/new/" + i), i % 999, text.date()));
    }

    private void post(LoadFile table, int id) throws IOException {
        value.reset();
        for (int block = 1 + random.nextInt(14); block > 0; block--) text.block(value);
        String date = text.date();
        String type = id % 4 == 0 ? "page" : id % 9 == 0 ? "revision" : "post";
        String guid = text.address("/?p=" + id);
        table.row(
                id,
                1 + random.nextInt(USERS),
                date,
                date,
                value,
                text.title(),
                "",
                "publish",
                "open",
                "closed",
                "",
                "post-" + id,
                "",
                "",
                date,
                date,
                "",
                0,
                guid,
                0,
                type,
                "",
                0);
    }

    private void comment(LoadFile table, int id, int post) throws IOException {
        value.reset();
        value.add(text.paragraph());
        if (random.nextInt(3) == 0) value.add(" See ").add(text.address("/?p=" + post));
        String date = text.date();
        table.row(
                id,
                post,
                "A reader",
                "a@example.org",
                "",
                "192.0.2.1",
                date,
                date,
                value,
                0,
                "1",
                "Mozilla/5.0",
                "comment",
                0,
                0);
    }

    private void option(LoadFile table, int id) throws IOException {
        value.reset();
        if (id <= 2) value.add(text.address(""));
        else if (random.nextInt(10) < 7) text.serialized(1 + random.nextInt(3), value);
        else text.elementor(1 + random.nextInt(20), value);
        table.row(id, id == 1 ? "siteurl" : id == 2 ? "home" : "widget_text_" + id, value, "yes");
    }

    /** Serialized, JSON and HTML in turn; an item of the first two is of about so many bytes. */
    private String large(int number, int size) {
        if (number % 3 == 1) text.serialized(size / 483, value);
        else if (number % 3 == 2) text.elementor(size / 545, value);
        else while (value.size() < size) text.block(value);
        return "large";
    }

    @FunctionalInterface
    private interface Row {
        void write(LoadFile table, int id) throws IOException;
    }

    /** Rows 1, 2, … until there is as much as wanted, in bytes and in rows; says how many. */
    private int table(String name, long wanted, Row row) throws IOException {
        int[] id = {0};
        table(name, table -> {
            while (table.bytes() < wanted || table.rows() < ROWS_AT_LEAST) row.write(table, ++id[0]);
        });
        return id[0];
    }

    private void table(String name, Rows content) throws IOException {
        try (var table = new LoadFile(folder.resolve(name + ".tsv"))) {
            content.write(table);
            bytes += table.bytes();
            rows += table.rows();
        }
    }
}
