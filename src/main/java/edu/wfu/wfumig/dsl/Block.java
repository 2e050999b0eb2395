package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Secret;

/** Words that every block of a plan knows: values from outside, named, so that the preview can list them. */
public interface Block {
    /** The value of an environment variable, which must be set. */
    String env(String name);

    /** The value of an environment variable, or a default. */
    String env(String name, String otherwise);

    /** The value given on the command line as {@code --param name=value}, which must be there. */
    String param(String name);

    /** The value given on the command line as {@code --param name=value}, or a default. */
    String param(String name, String otherwise);

    /**
     * A secret by name, looked up when it is needed: {@code secret('uat-db')} is in {@code WFUMIG_SECRET_UAT_DB}, in a file, in the
     * encrypted store, or in AWS Secrets Manager.
     */
    Secret secret(String name);
}
