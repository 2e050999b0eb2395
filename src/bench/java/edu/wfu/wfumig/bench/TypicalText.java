package edu.wfu.wfumig.bench;

import edu.wfu.wfumig.bench.LoadFile.Value;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * What WordPress and its plugins keep in their columns: block-editor HTML, serialized arrays, Elementor's JSON,
 * addresses of the site.
 */
final class TypicalText {
    static final String HOST = "http://dev.wfu.test";
    private static final String[] WORDS =
            ("the of and to in a is that for it as was with be by on not this have from they one had"
                            + " all were her she there would their will when who more no if out so said what up its"
                            + " about into than them can only other new some time could these two may first then do"
                            + " any like my now over such our man me even most made after also did many off before"
                            + " must well back through years much where your way down should because university"
                            + " campus students faculty college academic program science humanities économie café 大学"
                            + " it’s \"deacon\" don't <em>research</em> and/or R&D C:\\docs")
                    .split(" ");

    private final SplittableRandom random;
    private final byte[][] words = new byte[WORDS.length][];
    private final byte[][] jsonWords = new byte[WORDS.length][];
    private final Value prose = new Value();
    private String site = HOST;
    private long addresses;

    TypicalText(SplittableRandom random) {
        this.random = random;
        for (int i = 0; i < WORDS.length; i++) {
            words[i] = (WORDS[i] + " ").getBytes(StandardCharsets.UTF_8);
            jsonWords[i] = json(WORDS[i] + " ").getBytes(StandardCharsets.UTF_8);
        }
    }

    /** From now on addresses are below this path of the host. */
    void site(String path) {
        site = HOST + path;
    }

    String address(String path) {
        addresses++;
        return site + path;
    }

    long addresses() {
        return addresses;
    }

    /** Words, anew each time: repeated paragraphs would flatter whoever compresses. */
    byte[] paragraph() {
        return prose(40 + random.nextInt(80), words);
    }

    byte[] title() {
        return prose(2 + random.nextInt(6), words);
    }

    private byte[] prose(int count, byte[][] from) {
        prose.reset();
        while (count-- > 0) prose.add(from[random.nextInt(from.length)]);
        return prose.toByteArray();
    }

    String date() {
        int day = 10 + random.nextInt(19);
        return "20" + (10 + random.nextInt(15)) + "-0" + (1 + random.nextInt(9)) + "-" + day + " 10:11:12";
    }

    /** One block of a post. */
    void block(Value out) {
        int kind = random.nextInt(100);
        if (kind < 65) {
            out.add("<!-- wp:paragraph -->\n<p>").add(paragraph()).add("</p>\n<!-- /wp:paragraph -->\n\n");
        } else if (kind < 78) {
            out.add("<!-- wp:heading {\"level\":3} -->\n<h3>").add(title()).add("</h3>\n<!-- /wp:heading -->\n\n");
        } else if (kind < 90) {
            out.add("<!-- wp:image {\"id\":" + random.nextInt(99999)
                    + "} -->\n<figure class=\"wp-block-image\"><img src=\"");
            out.add(address("/wp-content/uploads/" + file()));
            out.add("\" alt=\"\"/></figure>\n<!-- /wp:image -->\n\n");
        } else {
            out.add("<!-- wp:list -->\n<ul><li>").add(paragraph()).add("</li><li><a href=\"");
            out.add(address("/p/" + random.nextInt(9999)));
            out.add("/\">").add(title()).add("</a></li></ul>\n<!-- /wp:list -->\n\n");
        }
    }

    /** A value of postmeta, and its key: of the bytes half are serialized and a third JSON; of the rows half are short. */
    String meta(Value out) {
        int kind = random.nextInt(100);
        if (kind < 50) {
            out.add("1699999999:" + random.nextInt(99));
            return "_edit_lock";
        } else if (kind < 77) {
            attachment(out);
            return "_wp_attachment_metadata";
        } else if (kind < 84) {
            serialized(1 + random.nextInt(5), out);
            return "_page_settings";
        } else if (kind < 88) {
            elementor(1 + random.nextInt(14), out);
            return "_elementor_data";
        }
        out.add(paragraph()).add(paragraph());
        return "summary";
    }

    private void attachment(Value out) {
        String file = file();
        out.add("a:3:{s:5:\"width\";i:" + random.nextInt(9999) + ";s:4:\"file\";")
                .php(file)
                .add("s:5:\"sizes\";a:5:{");
        for (int i = 0; i < 5; i++) {
            out.add("i:" + i + ";a:3:{s:4:\"file\";").php(i + "-" + file);
            out.add("s:5:\"width\";i:" + 150 * (i + 1) + ";s:9:\"mime-type\";s:10:\"image/jpeg\";}");
        }
        out.add("}}");
    }

    void serialized(int items, Value out) {
        out.add("a:" + items + ":{");
        for (int i = 0; i < items; i++) {
            out.add("i:" + i + ";a:2:{s:4:\"text\";").php(paragraph());
            out.add("s:3:\"url\";")
                    .php(random.nextInt(3) == 0 ? address("/w/" + i) : "")
                    .add("}");
        }
        out.add("}");
    }

    void elementor(int widgets, Value out) {
        for (int i = 0; i < widgets; i++) {
            out.add(i == 0 ? "[" : ",").add("{\"id\":\"" + Integer.toHexString(random.nextInt()));
            out.add("\",\"elType\":\"widget\",\"settings\":{\"editor\":\"<p>");
            out.add(prose(40 + random.nextInt(80), jsonWords)).add("<\\/p>\",\"link\":{\"url\":\"");
            out.add(random.nextInt(3) == 0 ? json(address("/e/" + i)) : "").add("\"}},\"elements\":[]}");
        }
        out.add("]");
    }

    private String file() {
        int year = 2010 + random.nextInt(15);
        return year + "/0" + (1 + random.nextInt(9)) + "/photo-" + random.nextInt(1 << 20) + ".jpg";
    }

    /** As PHP's json_encode writes a string: slashes escaped, all beyond ASCII by its number. */
    private static String json(String text) {
        var out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c == '/') out.append('\\').append(c);
            else if (c < 128) out.append(c);
            else out.append(String.format("\\u%04x", (int) c));
        }
        return out.toString();
    }
}
