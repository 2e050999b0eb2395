package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Secret;
import edu.wfu.wfumig.plan.Ssl;
import edu.wfu.wfumig.plan.Ssl.Mode;
import groovy.lang.Closure;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Builds what all addresses of servers have. What the plan does not say is taken from the settings. */
abstract class AddressBuilder extends BlockBuilder {
    @Nullable
    String host;

    private @Nullable Integer port;

    @Nullable
    String user;

    @Nullable
    Secret password;

    private @Nullable Ssl ssl;

    private final String path;

    /** @param path where its settings are, as in {@code env.uat} */
    AddressBuilder(PlanReading reading, String path) {
        super(reading);
        this.path = path;
    }

    public void host(String name) {
        host = name;
    }

    public void port(int number) {
        if (number < 1 || number > 65535) reading.problem(number + " is not a port", "a number from 1 to 65535");
        port = number;
    }

    public void user(String name) {
        user = name;
    }

    public void password(Secret secret) {
        password = secret;
    }

    public void ssl(Ssl how) {
        ssl = how;
    }

    public Ssl verified(Closure<?> body) {
        var builder = new VerifiedBuilder(reading);
        builder.run(body);
        if (builder.file == null) {
            reading.problem("a verified block that names no certificates", "rootCertificate 'ca.pem', or verified()");
        }
        return new Ssl(Mode.VERIFIED, builder.file);
    }

    /** What the plan or the settings say, or else what holds for this host. */
    Ssl ssl(String host) {
        return ssl == null ? Ssl.byDefault(host) : ssl;
    }

    int portOr(int otherwise) {
        return port == null ? otherwise : port;
    }

    /** Takes from the settings what the plan does not say; returns whether there is anything now. */
    boolean configure() {
        take("host", host, this::host);
        take("user", user, this::user);
        take("port", port == null ? null : port.toString(), number -> {
            if (number.matches("\\d{1,9}")) port(Integer.parseInt(number));
            else reading.problem("'" + number + "' is not a port", "a number from 1 to 65535");
        });
        take("secret", password == null ? null : password.name(), name -> password(new Secret(name)));
        take("ssl", ssl == null ? null : ssl.toString(), this::mode);
        if (ssl == null || ssl.mode() == Mode.VERIFIED) {
            take("ssl-root-certificate", ssl == null ? null : ssl.rootCertificate(), this::trust);
        }
        return host != null || user != null;
    }

    void take(String field, @Nullable String ofPlan, Consumer<String> word) {
        String value = reading.setting(path + "." + field, ofPlan);
        if (value != null && !value.equals(ofPlan)) word.accept(value);
    }

    private void mode(String mode) {
        var known = Mode.of(mode);
        if (known == null) reading.problem("'" + mode + "' is no kind of ssl", Mode.WORDS);
        else ssl(new Ssl(known, null));
    }

    /** A run may be resumed from any folder, so a setting names the whole path. */
    private void trust(String file) {
        if (Path.of(file).isAbsolute()) ssl(new Ssl(Mode.VERIFIED, file));
        else reading.problem("'" + file + "' is not the whole path of a file", "ssl-root-certificate=/…/ca.pem");
    }

    /** Tells what is missing; returns whether nothing is. */
    boolean complete() {
        if (host == null) reading.problem("this server has no host", "host '…'");
        if (user == null) reading.problem("this server has no user", "user '…'");
        return host != null && user != null;
    }

    private static final class VerifiedBuilder extends BlockBuilder implements VerifiedBlock {
        private @Nullable String file;

        VerifiedBuilder(PlanReading reading) {
            super(reading);
        }

        @Override
        public void rootCertificate(String path) {
            if (path.isBlank()) reading.problem("a root certificate without a file", "rootCertificate 'ca.pem'");
            file = path;
        }
    }
}
