package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Sites;
import groovy.transform.NamedParam;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which words the plan language has, and where each belongs: read from the interfaces of its blocks. */
final class Vocabulary {
    /** What stands for the word {@code notify}, which means something else to every object. */
    static final String NOTIFY = "notification";

    /** Block word to block interface. */
    private static final Map<String, Class<?>> BLOCKS = new LinkedHashMap<>();

    static {
        BLOCKS.put("migration", MigrationBlock.class);
        BLOCKS.put("environment", EnvironmentBlock.class);
        BLOCKS.put("mysql", MysqlBlock.class);
        BLOCKS.put("postgres", PostgresBlock.class);
        BLOCKS.put("verified", VerifiedBlock.class);
        BLOCKS.put("embedded", EmbeddedBlock.class);
        BLOCKS.put("protect", ProtectBlock.class);
        BLOCKS.put("staging", StagingBlock.class);
        BLOCKS.put("sites", SitesBlock.class);
        BLOCKS.put("tables", TablesBlock.class);
        BLOCKS.put("rewrite", RewriteBlock.class);
        BLOCKS.put("largeSites", LargeSitesBlock.class);
        BLOCKS.put("failures", FailuresBlock.class);
        BLOCKS.put("parallel", ParallelBlock.class);
        BLOCKS.put("throttle", ThrottleBlock.class);
        BLOCKS.put("backup", BackupBlock.class);
        BLOCKS.put("verify", VerifyBlock.class);
        BLOCKS.put("cutover", CutoverBlock.class);
        BLOCKS.put("archive", ArchiveBlock.class);
        BLOCKS.put("s3", S3Block.class);
        BLOCKS.put(NOTIFY, NotifyBlock.class);
        BLOCKS.put("schema", SchemaBlock.class);
    }

    /** What the rule {@code only} may ask of a site. */
    static final Set<String> SITE_FACTS = Arrays.stream(Sites.SiteFacts.class.getMethods())
            .map(method -> method.getName().replaceFirst("^(is|get)", ""))
            .map(name -> Character.toLowerCase(name.charAt(0)) + name.substring(1))
            .collect(Collectors.toCollection(TreeSet::new));

    private Vocabulary() {}

    /** Whether a type has this language's words for methods. */
    static boolean isBlock(String type) {
        return BLOCKS.values().stream().anyMatch(block -> block.getName().equals(type));
    }

    /** The block that a word begins; {@code otherwise} when it begins none. */
    static @Nullable Class<?> block(@Nullable String word, @Nullable Class<?> otherwise) {
        return BLOCKS.getOrDefault(word, otherwise);
    }

    /** A message with the words that people write. */
    static String asWritten(String message) {
        return message.replace("`" + NOTIFY, "`notify").replace(" " + NOTIFY + ",", " notify,");
    }

    static String wordOf(Class<?> block) {
        return BLOCKS.entrySet().stream()
                .filter(entry -> entry.getValue() == block)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    static Set<String> words(Class<?> block) {
        return Arrays.stream(block.getMethods())
                .map(Method::getName)
                // pause, abort and ask are values, told by getters
                .map(name -> name.matches("get[A-Z].*") ? name.substring(3).toLowerCase(Locale.ROOT) : name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static List<String> homes(String word) {
        var homes = new ArrayList<String>();
        if (word.equals("migration")) homes.add("the plan itself");
        BLOCKS.forEach((name, block) -> {
            if (words(block).contains(word)) homes.add("`" + name + "`");
        });
        return homes;
    }

    static String signatures(@Nullable Class<?> block, String word) {
        if (block == null) return word + "('name') { … }";
        return Arrays.stream(block.getMethods())
                .filter(method -> method.getName().equals(word))
                .map(method -> word + "("
                        + Arrays.stream(method.getParameters())
                                .map(Vocabulary::parameter)
                                .collect(Collectors.joining(", "))
                        + ")")
                .sorted()
                .collect(Collectors.joining(" or "));
    }

    /** A type and a name; for parameters that are named, their names and types. */
    private static String parameter(Parameter parameter) {
        var named = parameter.getAnnotationsByType(NamedParam.class);
        if (named.length == 0) {
            return parameter.getType().getSimpleName().replace("Closure", "{ … }") + " " + parameter.getName();
        }
        return Arrays.stream(named)
                .map(one -> one.value() + ": " + one.type().getSimpleName())
                .collect(Collectors.joining(", "));
    }
}
