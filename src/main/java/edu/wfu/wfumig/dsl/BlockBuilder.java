package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.Location;
import edu.wfu.wfumig.plan.Glob;
import edu.wfu.wfumig.plan.Secret;
import edu.wfu.wfumig.plan.Sites.SiteRange;
import groovy.lang.Closure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What all builders share: where they are called from, the outside values, and running a block's body. */
abstract class BlockBuilder implements Block {
    final PlanReading reading;

    BlockBuilder(PlanReading reading) {
        this.reading = reading;
    }

    final void run(Closure<?> body) {
        body.setDelegate(this);
        body.setResolveStrategy(Closure.DELEGATE_ONLY);
        body.call();
    }

    final Location here() {
        return reading.here();
    }

    final List<Glob> globs(String[] patterns) {
        return Stream.of(patterns).map(pattern -> new Glob(pattern, here())).toList();
    }

    /** Numbers and ranges of numbers; anything else is a problem with its place. */
    final List<SiteRange> ranges(Object[] idsAndRanges) {
        var ranges = new ArrayList<SiteRange>();
        for (Object one : idsAndRanges) {
            if (one instanceof Number number) {
                ranges.add(new SiteRange(number.longValue(), number.longValue(), here()));
            } else if (one instanceof groovy.lang.IntRange range && range.isReverse()) {
                reading.problem(
                        "the range " + range.getTo() + ".." + range.getFrom() + " runs backwards",
                        "the smaller number first");
            } else if (one instanceof groovy.lang.IntRange range) {
                ranges.add(new SiteRange(range.getFrom(), range.getTo(), here()));
            } else if (one instanceof List<?> list) {
                ranges.addAll(ranges(list.toArray()));
            } else {
                reading.problem("'" + one + "' is not a site", "numbers and ranges of numbers, such as 1, 22, 43..70");
            }
        }
        return ranges;
    }

    @Override
    public String env(String name) {
        return reading.outside("env", name, reading.values().environment().get(name), null);
    }

    @Override
    public String env(String name, String otherwise) {
        return reading.outside("env", name, reading.values().environment().get(name), otherwise);
    }

    @Override
    public String param(String name) {
        return reading.outside("param", name, reading.values().params().get(name), null);
    }

    @Override
    public String param(String name, String otherwise) {
        return reading.outside("param", name, reading.values().params().get(name), otherwise);
    }

    @Override
    public Secret secret(String name) {
        reading.outside("secret", name, "", null);
        return new Secret(name);
    }
}
