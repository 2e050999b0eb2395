package edu.wfu.wfumig.inventory;

import edu.wfu.wfumig.Digest;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What an application's own part of a schema is made of, without its rows: tables and their parts, views, triggers, routines,
 * types. Two installations of the same application have equal ones, whatever schema and prefix they are installed under.
 */
public record Structure(List<Element> elements) {
    public Structure {
        elements = elements.stream().sorted().toList();
    }

    /** The names of what stands by itself: all but the parts of tables. */
    public Set<String> names() {
        return elements.stream().map(Element::owner).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What goes by these names, with its parts. */
    public Structure about(Collection<String> names) {
        return new Structure(elements.stream()
                .filter(element -> names.contains(element.owner()))
                .toList());
    }

    /** All of it, a line for each fact: equal for equal structures alone. */
    public String text() {
        var text = new StringBuilder();
        for (var element : elements) {
            text.append(element.kind())
                    .append(' ')
                    .append(line(element.table()))
                    .append(' ');
            text.append(line(element.name()))
                    .append(' ')
                    .append(element.place())
                    .append('\n');
            element.facts()
                    .forEach((fact, value) -> text.append("  ")
                            .append(fact)
                            .append(": ")
                            .append(line(value))
                            .append('\n'));
        }
        return text.toString();
    }

    private static String line(String value) {
        String escaped = value.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\"", "\\\"");
        return '"' + escaped + '"';
    }

    /** In what {@code live} is not what is expected; empty when the two are equal. */
    public static List<Difference> differences(Structure expected, Structure live) {
        return new Comparison(expected, live).differences();
    }

    /** The same for equal structures, and for no others. */
    public String digest() {
        return Digest.of(text());
    }
}
