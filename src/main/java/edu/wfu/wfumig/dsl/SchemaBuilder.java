package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.Location;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.plan.Migrations;
import java.util.ArrayList;
import java.util.List;

/** Builds the {@code schema} block. */
final class SchemaBuilder extends BlockBuilder implements SchemaBlock {
    private final Location at;
    private final List<String> folders = new ArrayList<>();
    private boolean before;
    private boolean after;
    private boolean once;

    SchemaBuilder(PlanReading reading, Location at) {
        super(reading);
        this.at = at;
    }

    @Override
    public void migrations(String... more) {
        for (String folder : more) {
            if (folders.contains(folder)) reading.problem("'" + folder + "' stands here twice", "each folder once");
            folders.add(folder);
        }
    }

    @Override
    public void before() {
        before = true;
    }

    @Override
    public void after() {
        after = true;
    }

    @Override
    public void once() {
        once = true;
    }

    Migrations build() {
        if (folders.isEmpty()) {
            reading.problems().add(Problem.at(at, "a schema block without migrations", "migrations 'folder'"));
        }
        if (!before && !after) {
            reading.problems()
                    .add(Problem.at(at, "a schema block that does not say when", "before(), after(), or both"));
        }
        return new Migrations(List.copyOf(folders), before, after, once, at);
    }
}
