package edu.wfu.wfumig.dsl;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;

/** {@code migration('dev-to-uat') { … }}: the whole plan. */
public interface MigrationBlock extends Block {
    /** What the migration is for, in a sentence. */
    void description(String text);

    /** A database with a name. */
    void environment(
            String name,
            @DelegatesTo(value = EnvironmentBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body);

    /** A database with a name, of which all else is configured: {@code wfumig config env uat set host=…}. */
    void environment(String name);

    /** The environment that is read. */
    void from(String environment);

    /** The environment that is changed. */
    void to(String environment);

    /** Where rewritten tables are built and verified. */
    void staging(@DelegatesTo(value = StagingBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body);

    /** Which sites move. */
    void sites(@DelegatesTo(value = SitesBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body);

    /** Which tables of a moving site move, and how; in a plan without sites, which tables of the schema. */
    void tables(@DelegatesTo(value = TablesBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body);

    /** What is replaced in text. */
    void rewrite(@DelegatesTo(value = RewriteBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body);

    /** Sites that get special care. */
    void largeSites(@DelegatesTo(value = LargeSitesBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body);

    /** What happens when a site fails. */
    void failures(@DelegatesTo(value = FailuresBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body);

    /** How much runs side by side. */
    void parallel(@DelegatesTo(value = ParallelBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body);

    /** How the source is spared while it is read. */
    void throttle(@DelegatesTo(value = ThrottleBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body);

    /** How the target's old tables are kept. */
    void backup(@DelegatesTo(value = BackupBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body);

    /** What is proved in staging. */
    void verify(@DelegatesTo(value = VerifyBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body);

    /** How staged rows take the place of the target's. */
    void cutover(@DelegatesTo(value = CutoverBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body);

    /** Who is told how a run goes: {@code notify { … }}. Every object has a notify() already, hence the longer name. */
    void notification(@DelegatesTo(value = NotifyBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body);

    /** Where dumps and reports are kept. */
    void archive(@DelegatesTo(value = ArchiveBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body);

    /** Versioned SQL that is applied to the target. */
    void schema(@DelegatesTo(value = SchemaBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body);
}
