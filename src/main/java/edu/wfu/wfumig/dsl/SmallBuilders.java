package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Cutover;
import edu.wfu.wfumig.plan.Glob;
import edu.wfu.wfumig.plan.LargeSites;
import edu.wfu.wfumig.plan.Rewrite;
import edu.wfu.wfumig.plan.Rewrite.Regex;
import edu.wfu.wfumig.plan.Rewrite.Replacement;
import edu.wfu.wfumig.plan.Server;
import edu.wfu.wfumig.plan.Sites.SiteRange;
import edu.wfu.wfumig.plan.Staging;
import edu.wfu.wfumig.plan.Verify;
import edu.wfu.wfumig.wordpress.Patterns;
import edu.wfu.wfumig.wordpress.Rule;
import groovy.lang.Closure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builders of the blocks that hold a handful of words. */
final class SmallBuilders {
    private SmallBuilders() {}

    static final class StagingBuilder extends BlockBuilder implements StagingBlock {
        private @Nullable String schema;
        private @Nullable Server server;

        StagingBuilder(PlanReading reading) {
            super(reading);
        }

        @Override
        public void schema(String name) {
            schema = name;
        }

        @Override
        public void mysql(Closure<?> body) {
            var builder = new MysqlBuilder(reading, "staging");
            builder.run(body);
            takes(builder);
        }

        private void takes(MysqlBuilder builder) {
            if (builder.schema == null) builder.schema = schema;
            builder.configure();
            server = builder.server();
            if (builder.schema != null) schema = builder.schema;
        }

        Staging build() {
            schema = reading.setting("staging.schema", schema);
            boolean elsewhere = server == null && reading.setting("staging.host", null) != null;
            if (elsewhere) takes(new MysqlBuilder(reading, "staging"));

            if (server != null && schema == null) reading.problem("a staging server without a schema", "schema 'name'");
            return new Staging(schema, server);
        }
    }

    static final class RewriteBuilder extends BlockBuilder implements RewriteBlock {
        private final List<Replacement> replacements = new ArrayList<>();
        private final List<Glob> skipColumns = new ArrayList<>();
        private final List<Glob> onlyTables = new ArrayList<>();

        RewriteBuilder(PlanReading reading) {
            super(reading);
        }

        @Override
        public void replace(Map<String, ?> with, String text) {
            if (!text.matches(".*[\\p{L}\\p{N}].*")) reading.problem("nothing to look for in '" + text + "'", "a text");
            add(new Replacement(text, String.valueOf(with.get("with")), false, here()));
        }

        @Override
        public void replace(Map<String, ?> with, Regex regex) {
            var rule = new Replacement(regex.expression(), String.valueOf(with.get("with")), true, here());
            String wrong = Patterns.problem(new Rule(rule.find(), rule.with(), true));
            if (wrong == null) add(rule);
            else reading.problem("'" + rule.find() + "' cannot be a rule: " + wrong, "a regular expression (RE2)");
        }

        private void add(Replacement rule) {
            if (replacements.stream().anyMatch(known -> known.find().equals(rule.find()))) {
                reading.problem("'" + rule.find() + "' is replaced twice", "one rule for each text");
            }
            replacements.add(rule);
        }

        @Override
        public Regex regex(String expression) {
            return new Regex(expression);
        }

        @Override
        public void onlyTables(String... patterns) {
            onlyTables.addAll(globs(patterns));
        }

        @Override
        public void skipColumns(String... patterns) {
            for (String pattern : patterns) {
                if (!pattern.contains(".")) reading.problem("'" + pattern + "' names no column", "table.column");
            }
            skipColumns.addAll(globs(patterns));
        }

        Rewrite build() {
            return new Rewrite(List.copyOf(replacements), List.copyOf(skipColumns), List.copyOf(onlyTables));
        }
    }

    static final class LargeSitesBuilder extends BlockBuilder implements LargeSitesBlock {
        private final List<SiteRange> listed = new ArrayList<>();
        private @Nullable Long largerThan;
        private @Nullable Long moreRowsThan;
        private double timeout = 1;
        private boolean defer;
        private int atOnce = 1;

        LargeSitesBuilder(PlanReading reading) {
            super(reading);
        }

        @Override
        public void sites(Object... idsAndRanges) {
            listed.addAll(ranges(idsAndRanges));
        }

        @Override
        public void largerThan(long bytes) {
            largerThan = bytes;
        }

        @Override
        public void moreRowsThan(long rows) {
            moreRowsThan = rows;
        }

        @Override
        public void timeout(double times) {
            if (times < 1) reading.problem("large sites with less time than others", "at least 1.times");
            timeout = times;
        }

        @Override
        public void deferToEnd() {
            defer = true;
        }

        @Override
        public void atOnce(int sites) {
            if (sites < 1) reading.problem(sites + " sites at once", "at least 1");
            atOnce = sites;
        }

        LargeSites build() {
            return new LargeSites(List.copyOf(listed), largerThan, moreRowsThan, timeout, defer, atOnce);
        }
    }

    static final class ParallelBuilder extends BlockBuilder implements ParallelBlock {
        int sites = 2;
        int chunks = 2;

        ParallelBuilder(PlanReading reading) {
            super(reading);
        }

        @Override
        public void sites(int count) {
            if (count < 1 || count > 64) reading.problem(count + " sites in parallel", "a number from 1 to 64");
            sites = count;
        }

        @Override
        public void chunks(int count) {
            if (count < 1 || count > 16) reading.problem(count + " chunks in parallel", "a number from 1 to 16");
            chunks = count;
        }
    }

    static final class BackupBuilder extends BlockBuilder implements BackupBlock {
        Duration keep = Duration.ofDays(7);
        boolean dump;

        BackupBuilder(PlanReading reading) {
            super(reading);
        }

        @Override
        public void keepTables(Duration time) {
            if (time.isZero() || time.isNegative())
                reading.problem("old tables that are not kept", "some time, such as 7.days");
            keep = time;
        }

        @Override
        public void dump() {
            dump = true;
        }
    }

    static final class VerifyBuilder extends BlockBuilder implements VerifyBlock {
        private boolean rowCounts;
        private boolean digests;
        private boolean orphans;
        private boolean foreignKeys;

        VerifyBuilder(PlanReading reading) {
            super(reading);
        }

        @Override
        public void rowCounts() {
            rowCounts = true;
        }

        @Override
        public void digests() {
            digests = true;
        }

        @Override
        public void orphans() {
            orphans = true;
        }

        @Override
        public void foreignKeys() {
            foreignKeys = true;
        }

        Verify build() {
            if (!rowCounts && !digests) {
                reading.problem("a verify block that compares nothing", "rowCounts(), digests() or both");
            }
            return new Verify(rowCounts, digests, orphans, foreignKeys);
        }
    }

    static final class CutoverBuilder extends BlockBuilder implements CutoverBlock {
        private @Nullable Cutover how;

        CutoverBuilder(PlanReading reading) {
            super(reading);
        }

        @Override
        public void swap() {
            choose(Cutover.SWAP);
        }

        @Override
        public void truncateAndLoad() {
            choose(Cutover.TRUNCATE_AND_LOAD);
        }

        private void choose(Cutover chosen) {
            if (how != null) reading.problem("a cutover in two ways", "swap() or truncateAndLoad()");
            how = chosen;
        }

        Cutover build() {
            if (how == null) reading.problem("a cutover block that says nothing", "swap() or truncateAndLoad()");
            return how == null ? Cutover.SWAP : how;
        }
    }
}
