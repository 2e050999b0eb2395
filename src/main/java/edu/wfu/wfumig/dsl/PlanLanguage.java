package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.Digest;
import edu.wfu.wfumig.Location;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.plan.Extent;
import edu.wfu.wfumig.plan.Plan;
import groovy.lang.Binding;
import groovy.lang.GroovyShell;
import groovy.transform.CompileStatic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.customizers.ASTTransformationCustomizer;
import org.codehaus.groovy.control.messages.ExceptionMessage;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

/**
 * Reads a plan file.
 *
 * <ol>
 *   <li>The syntax is held against an allow-list before anything of it is resolved: {@link SyntaxCage}.
 *   <li>The script is type-checked, and every method it selects is held against an allow-list: {@link TypeCage}.
 *   <li>It runs on a thread of its own with a deadline, and builds a plan; problems are collected.
 *   <li>The plan is checked as a whole; all problems are thrown at once.
 * </ol>
 */
public final class PlanLanguage {
    /** A plan computes a few lists; one that takes longer is caught in a loop. */
    private static final long DEADLINE_SECONDS = 10;

    private PlanLanguage() {}

    /** The plan file that a name on the command line means: {@code x.groovy} also finds {@code x.migration.groovy}. */
    public static Path find(Path name) {
        if (Files.exists(name)) return name;
        String text = name.toString();
        for (String candidate : List.of(
                text.replaceFirst("\\.groovy$", "") + ".migration.groovy",
                text + ".migration.groovy",
                text + ".groovy")) {
            if (Files.exists(Path.of(candidate))) return Path.of(candidate);
        }
        throw new Refusal(
                Refusal.Kind.INVALID,
                Problem.of("there is no plan file " + name, "a file that exists", "", "ls plans/*.migration.groovy"));
    }

    public static Plan read(Path file, OutsideValues values) {
        return read(file, values, Extent.WHOLE);
    }

    /** @param extent how much of it is to be done */
    public static Plan read(Path file, OutsideValues values, Extent extent) {
        try {
            return read(Files.readString(file), file.toString(), values, extent);
        } catch (NoSuchFileException e) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    Problem.of("there is no plan file " + file, "a file that exists", "", "ls plans"),
                    e);
        } catch (IOException e) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    Problem.of("plan file " + file + " cannot be read: " + e.getMessage(), "a text file", "", ""),
                    e);
        }
    }

    /**
     * @param text the plan
     * @param file what to call it in messages
     */
    public static Plan read(String text, String file, OutsideValues values) {
        return read(text, file, values, Extent.WHOLE);
    }

    /**
     * @param text the plan
     * @param file what to call it in messages
     * @param extent how much of it is to be done
     */
    public static Plan read(String text, String file, OutsideValues values, Extent extent) {
        var reading = new PlanReading(file, values);
        var builder = new PlanBuilder(reading, Digest.of(text), extent);
        PlanScript script = compile(text, file);
        script.setBinding(new Binding(Map.of(PlanScript.BUILDER, builder)));
        runWithDeadline(script, reading);
        var plan = builder.build();
        if (plan == null || !reading.problems().isEmpty()) {
            throw new Refusal(Refusal.Kind.INVALID, inOrder(reading.problems()));
        }
        return plan;
    }

    private static PlanScript compile(String text, String file) {
        var configuration = new CompilerConfiguration();
        var cage = new SyntaxCage();
        configuration.setScriptBaseClass(PlanScript.class.getName());
        // @Grab would fetch and run code before any customizer looks.
        configuration.setDisabledGlobalASTTransformations(Set.of("groovy.grape.GrabAnnotationTransformation"));
        configuration.addCompilationCustomizers(
                cage,
                new ASTTransformationCustomizer(
                        Map.of("extensions", List.of(TypeCage.class.getName())), CompileStatic.class));
        try {
            var shell = new GroovyShell(PlanLanguage.class.getClassLoader(), new Binding(), configuration);
            var script = (PlanScript) shell.parse(text, file);
            if (cage.objections().isEmpty()) return script;
            throw new Refusal(Refusal.Kind.INVALID, problems(cage.objections(), List.of(), file));
        } catch (MultipleCompilationErrorsException e) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    problems(cage.objections(), e.getErrorCollector().getErrors(), file));
        }
    }

    private static List<Problem> problems(List<SyntaxException> objections, List<?> errors, String file) {
        var problems = new ArrayList<Problem>();
        objections.forEach(objection -> problems.add(problem(objection, file)));
        for (Object error : errors) {
            if (error instanceof SyntaxErrorMessage message) {
                var problem = problem(message.getCause(), file);
                // The cage and the type checker may stumble over the same word; the cage says it better.
                boolean said = problem.found().contains("is not known here")
                        && problems.stream().anyMatch(known -> line(known).equals(line(problem)));
                if (!said) problems.add(problem);
            } else if (error instanceof ExceptionMessage message) {
                problems.add(Problem.at(new Location(file, 0), String.valueOf(message.getCause()), ""));
            } else {
                problems.add(Problem.at(new Location(file, 0), error.toString(), ""));
            }
        }
        // What stands in a refused block is an error too, but only shown when there is no other.
        var telling = problems.stream()
                .filter(problem -> !problem.found().startsWith(TypeCage.STRAY))
                .toList();
        if (!telling.isEmpty()) return inOrder(telling);
        return inOrder(problems.stream()
                .map(problem -> new Problem(
                        problem.at(), problem.found().substring(1), problem.expected(), problem.safe(), problem.next()))
                .toList());
    }

    private static Problem problem(SyntaxException cause, String file) {
        String said = cause.getOriginalMessage()
                .replaceFirst("^\\[Static type checking\\] - ", "")
                .strip();
        int split = said.indexOf(TypeCage.EXPECTED);
        boolean parsing = said.startsWith("Unexpected input");
        return Problem.at(
                new Location(file, cause.getLine(), cause.getStartColumn()),
                split >= 0 ? said.substring(0, split) : parsing ? "the plan cannot be read from here on" : said,
                split >= 0
                        ? said.substring(split + TypeCage.EXPECTED.length())
                        : parsing ? "every brace, bracket and quote closed" : "");
    }

    private static List<Problem> inOrder(List<Problem> problems) {
        return problems.stream()
                .distinct()
                .sorted(Comparator.comparingInt(
                                (Problem problem) -> line(problem).line())
                        .thenComparingInt(problem -> line(problem).column()))
                .toList();
    }

    private static Location line(Problem problem) {
        return Objects.requireNonNull(problem.at());
    }

    private static void runWithDeadline(PlanScript script, PlanReading reading) {
        var task = new FutureTask<>(script::run);
        var thread = new Thread(null, task, "plan", 1 << 20);
        thread.setDaemon(true);
        thread.start();
        try {
            task.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            var at = new Location(reading.file(), reading.lineIn(thread.getStackTrace()));
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    Problem.at(
                            at,
                            "the plan is still computing after " + DEADLINE_SECONDS + " seconds",
                            "a plan that ends"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(Refusal.Kind.INVALID, Problem.of("reading the plan was interrupted", "", "", ""), e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof Refusal refusal) throw refusal;
            int line = reading.lineIn(cause.getStackTrace());
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    Problem.at(new Location(reading.file(), line), "the plan failed: " + cause, ""),
                    cause);
        }
    }
}
