package edu.wfu.wfumig.inventory;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One thing that a schema is made of.
 *
 * @param table the table that it is a part of, otherwise empty
 * @param place of a column among the columns of its table, from 1; otherwise 0
 * @param facts what is said of it, by what it says; what is empty is not there
 */
public record Element(Kind kind, String table, String name, int place, SortedMap<String, String> facts)
        implements Comparable<Element> {
    /** In the order in which they are shown: a table before its parts. */
    public enum Kind {
        TYPE,
        DOMAIN,
        SEQUENCE,
        TABLE,
        COLUMN,
        INDEX,
        FOREIGN_KEY,
        CHECK,
        TRIGGER,
        VIEW,
        PROCEDURE,
        FUNCTION;

        /** As people call it. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Facts that are told without saying what they are: the type, whether NULL is taken, what it is made by. */
    public static final String TYPE = "type";

    public static final String NULLS = "nulls";
    public static final String MADE = "made";

    private static final Comparator<Element> ORDER = Comparator.comparing(Element::owner)
            .thenComparing(Element::kind)
            .thenComparing(Element::place)
            .thenComparing(Element::name);

    public Element {
        var said = new TreeMap<>(facts);
        said.values().removeIf(String::isEmpty);
        facts = Collections.unmodifiableSortedMap(said);
    }

    public Element(Kind kind, String table, String name, Map<String, String> facts) {
        this(kind, table, name, 0, new TreeMap<>(facts));
    }

    /** What it stands and falls with: its table, or itself. */
    public String owner() {
        return table.isEmpty() ? name : table;
    }

    /** What it is, whatever is said of it. */
    public List<Object> identity() {
        return List.of(kind, table, name);
    }

    /** Its name behind that of its table. */
    public String path() {
        return table.isEmpty() ? name : table + "." + name;
    }

    @Override
    public int compareTo(Element other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind.words() + " " + path();
    }
}
