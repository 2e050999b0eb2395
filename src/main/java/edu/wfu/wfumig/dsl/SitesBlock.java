package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Sites;
import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.transform.NamedParam;
import java.util.Map;

/** {@code sites { … }}: which sites move. */
public interface SitesBlock extends Block {
    /** Every site of the source. */
    void all();

    /** Sites by number and range: {@code sites 1, 22, 43..70}. */
    void sites(Object... idsAndRanges);

    /** Sites that stay behind: numbers and ranges. */
    void exclude(Object... idsAndRanges);

    /** A filter over what the source knows of a site: {@code only { !archived && lastUpdated > '2024-01-01' }}. */
    void only(@DelegatesTo(value = Sites.SiteFacts.class, strategy = Closure.DELEGATE_ONLY) Closure<Boolean> filter);

    /** A domain that is called otherwise on the target: {@code domain 'law.dev.wfu.test', to: 'law.uat.wfu.test'}. */
    void domain(@NamedParam(value = "to", type = String.class, required = true) Map<String, ?> to, String domain);

    /** Users, list of sites and network settings move too. */
    void networkTables();
}
