package edu.wfu.wfumig.embedded;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How PostgreSQL's programs, which refuse to run as root, are run by root all the same:
 *
 * <ol>
 *   <li>In a user namespace of their own, where they are nobody and yet own what root owns. Most machines allow it.
 *   <li>Else, in most containers, as nobody itself, who is given the server's folder. For that every account must be able to
 *       reach it.
 * </ol>
 */
final class Unprivileged {
    private static final List<String> NAMESPACE = List.of("unshare", "-U");
    private static final int NOBODY = 65534;
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

    private Unprivileged() {}

    /** The words to put before a command; gives {@code folder} away where there is no other way. */
    static List<String> before(PostgresPrograms programs, Path folder) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) return List.of();
        if (works(NAMESPACE, "true")) return NAMESPACE;
        Files.setAttribute(folder, "unix:uid", NOBODY);
        if (works(AS_NOBODY, "test", "-w", folder.toString())
                && works(AS_NOBODY, "test", "-x", programs.program("postgres"))) {
            return AS_NOBODY;
        }
        throw new Refusal(
                Refusal.Kind.FAILED,
                Problem.of(
                        "the embedded PostgreSQL does not run as root, and the account nobody cannot reach " + folder,
                        "an ordinary account, or a cache folder that every account can reach",
                        "nothing was written",
                        "run wfumig as another account, or set XDG_CACHE_HOME to a folder such as /var/tmp/wfumig"));
    }

    private static boolean works(List<String> before, String... command) {
        var words = new ArrayList<>(before);
        words.addAll(List.of(command));
        try {
            return new ProcessBuilder(words)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .onExit()
                            .join()
                            .exitValue()
                    == 0;
        } catch (IOException e) {
            return false; // there is no such program
        }
    }
}
