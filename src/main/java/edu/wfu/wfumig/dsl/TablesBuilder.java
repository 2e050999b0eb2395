package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.Location;
import edu.wfu.wfumig.plan.Glob;
import edu.wfu.wfumig.plan.Tables;
import edu.wfu.wfumig.plan.Tables.RowFilter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the choice of tables. */
final class TablesBuilder extends BlockBuilder implements TablesBlock {
    private final Location at;
    private final List<Glob> include = new ArrayList<>();
    private final List<Glob> exclude = new ArrayList<>();
    private final List<Glob> structureOnly = new ArrayList<>();
    private final List<RowFilter> where = new ArrayList<>();
    private @Nullable String schema;
    private @Nullable MissingChoice missing;
    private @Nullable DifferentChoice different;

    TablesBuilder(PlanReading reading, Location at) {
        super(reading);
        this.at = at;
    }

    @Override
    public void schema(String name) {
        schema = PostgresBuilder.name(reading, "schema", name);
    }

    @Override
    public void include(String... patterns) {
        include.addAll(globs(patterns));
    }

    @Override
    public void exclude(String... patterns) {
        exclude.addAll(globs(patterns));
    }

    @Override
    public void structureOnly(String... patterns) {
        structureOnly.addAll(globs(patterns));
    }

    @Override
    public void where(String pattern, String condition) {
        if (condition.contains(";")) reading.problem("a condition with a semicolon", "one SQL expression");
        where.add(new RowFilter(new Glob(pattern, here()), condition));
    }

    @Override
    public void missing(MissingChoice choice) {
        missing = choice;
    }

    @Override
    public void different(DifferentChoice choice) {
        different = choice;
    }

    /** Whether the block says something that only tables without sites have. */
    boolean compares() {
        return missing != null || different != null;
    }

    Tables build() {
        var silent = Tables.all(at);
        return new Tables(
                schema,
                List.copyOf(include),
                List.copyOf(exclude),
                List.copyOf(structureOnly),
                List.copyOf(where),
                missing == null ? silent.missing() : missing.missing(),
                different == null ? silent.different() : different.different(),
                at);
    }
}
