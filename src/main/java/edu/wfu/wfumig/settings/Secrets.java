package edu.wfu.wfumig.settings;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.util.List;
import java.util.stream.Collectors;

/** Looks secrets up, at the moment they are needed, in one place after the other; the first that has it is believed. */
public record Secrets(List<SecretSource> sources) {
    public String value(String name) {
        for (var source : sources) {
            var value = source.find(name);
            if (value.isPresent()) return value.get();
        }
        throw new Refusal(
                Refusal.Kind.FAILED,
                Problem.of(
                        "the secret '" + name + "' has no value",
                        "one of: "
                                + sources.stream()
                                        .map(source -> source.place(name))
                                        .collect(Collectors.joining("; ")),
                        "nothing was written",
                        "wfumig secret set " + name + ", or: export " + EnvironmentSecrets.variable(name) + "=…"));
    }
}
