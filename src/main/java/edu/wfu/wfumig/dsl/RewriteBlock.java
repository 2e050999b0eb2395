package edu.wfu.wfumig.dsl;

import groovy.transform.NamedParam;
import java.util.Map;

/** {@code rewrite { … }}: what is replaced in text, beside what follows from the environments' addresses. */
public interface RewriteBlock extends Block {
    /** {@code replace 'http://dev.wfu.test', with: 'https://uat.wfu.test'}. */
    void replace(@NamedParam(value = "with", type = String.class, required = true) Map<String, ?> with, String text);

    /** Columns that are left as they are: globs over {@code table.column}. */
    void skipColumns(String... globs);
}
