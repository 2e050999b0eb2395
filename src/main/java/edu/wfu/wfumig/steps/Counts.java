package edu.wfu.wfumig.steps;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was counted in chunks that are safe, by this attempt and those whose chunks it goes on behind. */
final class Counts {
    /**
     * What was counted in some chunks.
     *
     * @param replaced how often each rule replaced something
     * @param changedRows rows that are not as the source had them
     * @param leftovers rows in which the source's host still stands
     */
    record Counted(long[] replaced, long changedRows, long leftovers) {
        static Counted none(int rules) {
            return new Counted(new long[rules], 0, 0);
        }

        Counted plus(Counted other) {
            long[] sums = replaced.clone();
            for (int rule = 0; rule < sums.length; rule++) sums[rule] += other.replaced[rule];
            return new Counted(sums, changedRows + other.changedRows, leftovers + other.leftovers);
        }
    }

    private Counted sum;

    /**
     * @param rules how many rules there are
     */
    Counts(int rules) {
        sum = Counted.none(rules);
    }

    /** Goes on with what an earlier attempt has in the ledger. */
    void goOn(Map<String, Object> noted) {
        long[] replaced = new long[sum.replaced().length];
        if (noted.get("replaced") instanceof Map<?, ?> earlier) {
            earlier.forEach((rule, times) -> replaced[Integer.parseInt(rule.toString())] = number(times));
        }
        sum = new Counted(replaced, number(noted.get("changedRows")), number(noted.get("leftovers")));
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    void add(Counted counted) {
        sum = sum.plus(counted);
    }

    long leftovers() {
        return sum.leftovers();
    }

    /** For the ledger: rules by their numbers, those that replaced nothing left out. */
    Map<String, Object> facts() {
        var replaced = new LinkedHashMap<String, Object>();
        for (int rule = 0; rule < sum.replaced().length; rule++) {
            if (sum.replaced()[rule] > 0) replaced.put(String.valueOf(rule), sum.replaced()[rule]);
        }
        return Map.of("changedRows", sum.changedRows(), "leftovers", sum.leftovers(), "replaced", replaced);
    }
}
