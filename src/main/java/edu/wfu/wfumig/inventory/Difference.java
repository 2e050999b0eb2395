package edu.wfu.wfumig.inventory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Something in which what is there is not what is expected. As text it is one line for people, {@link #facts} are for scripts. */
public sealed interface Difference {
    /** What is concerned, as it is there, or as it is expected where it is missing. */
    Element element();

    /** In a word: {@code missing}, {@code extra} or {@code different}. */
    default String verdict() {
        return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }

    /** Everything that is said, ready to be written as JSON. */
    default Map<String, Object> facts() {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("difference", verdict());
        facts.put("kind", element().kind().words());
        facts.put("name", element().path());
        return facts;
    }

    record Missing(Element element) implements Difference {
        @Override
        public Map<String, Object> facts() {
            var facts = Difference.super.facts();
            facts.put("expected", element.facts());
            return facts;
        }

        @Override
        public String toString() {
            return element + ": missing";
        }
    }

    record Extra(Element element) implements Difference {
        @Override
        public Map<String, Object> facts() {
            var facts = Difference.super.facts();
            facts.put("found", element.facts());
            return facts;
        }

        @Override
        public String toString() {
            return element + ": not expected";
        }
    }

    record Different(Element element, List<Change> changes) implements Difference {
        public Different {
            changes = List.copyOf(changes);
        }

        @Override
        public Map<String, Object> facts() {
            var facts = Difference.super.facts();
            facts.put("changes", changes);
            return facts;
        }

        @Override
        public String toString() {
            return element + ": " + changes.stream().map(Change::toString).collect(Collectors.joining("; "));
        }
    }

    /**
     * One fact of an element.
     *
     * @param expected empty when the fact should not be there
     * @param found empty when the fact is not there
     */
    record Change(String fact, String expected, String found) {
        /** Of long texts, a line from shortly before the place where they part. */
        private static final int SHOWN = 100;

        private static final int BEFORE = 24;

        @Override
        public String toString() {
            String wanted = expected.replaceAll("\\s+", " ");
            String there = found.replaceAll("\\s+", " ");
            if (wanted.equals(there)) return fact + " differs from what is expected in blanks alone";
            int from = Math.max(wanted.length(), there.length()) <= SHOWN
                    ? 0
                    : Math.max(0, parting(wanted, there) - BEFORE);
            return said(there, from) + ", expected " + said(wanted, from);
        }

        private static int parting(String one, String other) {
            int at = 0;
            while (at < one.length() && at < other.length() && one.charAt(at) == other.charAt(at)) at++;
            return at;
        }

        private String said(String value, int from) {
            if (value.isEmpty()) return "no " + fact;
            int to = Math.min(value.length(), from + SHOWN);
            String shown =
                    (from > 0 ? "…" : "") + value.substring(Math.min(from, to), to) + (to < value.length() ? "…" : "");
            return switch (fact) {
                case Element.TYPE, Element.NULLS, Element.MADE -> shown;
                default -> fact + " " + shown;
            };
        }
    }
}
