package edu.wfu.wfumig.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Whoever types: somebody at a terminal, or a script through standard input. */
public interface Terminal {
    /** Whether somebody sits there who can be asked. */
    boolean present();

    /** Asks; null when no answer comes. */
    @Nullable
    String ask(String question);

    /** Asks for what nobody may see on the screen; null when no answer comes. */
    @Nullable
    String askHidden(String question);

    /** All that standard input brings. */
    String input() throws IOException;

    /** The terminal of this process, if it has one. */
    static Terminal ofThisProcess() {
        return new OfThisProcess();
    }

    /** {@link System#console}, which since Java 22 may be there without a terminal. */
    final class OfThisProcess implements Terminal {
        private OfThisProcess() {}

        @Override
        public boolean present() {
            if (System.console() == null) return false;
            try {
                return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(System.console());
            } catch (ReflectiveOperationException e) {
                return true;
            }
        }

        @Override
        public @Nullable String ask(String question) {
            var console = System.console();
            return console == null ? null : console.readLine("%s", question);
        }

        @Override
        public @Nullable String askHidden(String question) {
            var console = System.console();
            char[] typed = console == null ? null : console.readPassword("%s", question);
            return typed == null ? null : new String(typed);
        }

        @Override
        public String input() throws IOException {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
