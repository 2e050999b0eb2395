package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.inventory.Difference;
import edu.wfu.wfumig.schema.Applied;
import edu.wfu.wfumig.schema.Applied.State;
import edu.wfu.wfumig.schema.Part;
import edu.wfu.wfumig.schema.Standing;
import edu.wfu.wfumig.schema.Verification;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is known of migrations, for people and for scripts. */
record SchemaReport(PrintWriter out) {
    /** Of a changed file, so many lines are shown. */
    private static final int SHOWN = 40;

    void print(String environment, Part part, Standing standing) {
        out.println(environment + ": " + part);
        for (var line : standing.lines()) {
            var applied = line.applied();
            String when = applied == null || line.state().equals("pending")
                    ? ""
                    : applied.at() + "  " + applied.millis() + " ms  " + applied.by();
            out.printf("  %-30s %-12s %s%n", title(line), line.state(), when);
        }
        out.flush();
    }

    private static String title(Standing.Line line) {
        if (line.described() != null) return line.described().title();
        return line.applied() == null ? line.id() : line.applied().title();
    }

    void print(Part part, Verification.Found found) {
        for (var changed : found.changed()) {
            out.println(changed.file() + ": " + changed.id() + " was changed after it was applied");
            changed.lines().stream().limit(SHOWN).forEach(line -> out.println("    " + line));
            if (changed.lines().size() > SHOWN)
                out.println("    … and " + (changed.lines().size() - SHOWN) + " lines more");
        }
        found.unfinished().forEach(line -> out.println(line + ": drift was not looked for"));
        found.drift().forEach(line -> out.println(line));
        if (found.clean()) out.println(part + " is what its migrations say");
        out.flush();
    }

    static Map<String, Object> facts(String environment, Part part, Standing standing) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("environment", environment);
        facts.put("schema", part.schema());
        facts.put("prefix", part.prefix());
        facts.put(
                "migrations", standing.lines().stream().map(SchemaReport::facts).toList());
        return facts;
    }

    private static Map<String, Object> facts(Standing.Line line) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("id", line.id());
        facts.put("state", line.state());
        if (line.described() != null) {
            facts.put("version", line.described().version());
            facts.put("name", line.described().name());
            facts.put("checksum", line.described().checksum());
            facts.put("rollback", line.described().rollback() != null);
        }
        Applied applied = line.applied();
        if (applied != null && applied.state() != State.UNDONE) {
            facts.put("at", applied.at());
            facts.put("by", applied.by());
            facts.put("millis", applied.millis());
            facts.put("appliedChecksum", applied.checksum());
            if (applied.backup() != null) facts.put("backup", applied.backup());
        }
        return facts;
    }

    static Map<String, Object> facts(Part part, Verification.Found found) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("schema", part.schema());
        facts.put("prefix", part.prefix());
        facts.put("changed", found.changed());
        facts.put("unfinished", found.unfinished());
        facts.put("drift", found.drift().stream().map(Difference::facts).toList());
        return facts;
    }
}
