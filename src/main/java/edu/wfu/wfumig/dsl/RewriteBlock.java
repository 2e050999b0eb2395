package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Rewrite.Regex;
import groovy.transform.NamedParam;
import java.util.Map;

/** {@code rewrite { … }}: what is replaced in text, beside what follows from the environments' addresses. */
public interface RewriteBlock extends Block {
    /** {@code replace 'http://dev.wfu.test', with: 'https://uat.wfu.test'}. */
    void replace(@NamedParam(value = "with", type = String.class, required = true) Map<String, ?> with, String text);

    /**
     * {@code replace regex('cdn(\\d+)\\.dev\\.test'), with: 'cdn$1.uat.test'}: what matches is replaced, {@code $1} being the
     * first group.
     */
    void replace(@NamedParam(value = "with", type = String.class, required = true) Map<String, ?> with, Regex regex);

    /** A regular expression in the syntax of RE2. */
    Regex regex(String expression);

    /** Globs over the tables in which anything is replaced; in all of them when left out. */
    void onlyTables(String... globs);

    /** Columns that are left as they are: globs over {@code table.column}. */
    void skipColumns(String... globs);
}
