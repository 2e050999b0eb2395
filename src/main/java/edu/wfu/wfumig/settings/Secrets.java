package edu.wfu.wfumig.settings;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.util.Locale;
import java.util.Map;

/** Looks secrets up, at the moment they are needed: {@code uat-db} is in {@code WFUMIG_SECRET_UAT_DB}. */
public record Secrets(Map<String, String> environment) {
    public String value(String name) {
        String variable = variable(name);
        String value = environment.get(variable);
        if (value == null) {
            throw new Refusal(
                    Refusal.Kind.FAILED,
                    Problem.of(
                            "the secret '" + name + "' has no value",
                            "the environment variable " + variable,
                            "nothing was written",
                            "export " + variable + "=…"));
        }
        return value;
    }

    static String variable(String name) {
        return "WFUMIG_SECRET_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
