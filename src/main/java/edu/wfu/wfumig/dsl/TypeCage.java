package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Sites;
import groovy.transform.NamedParam;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCall;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.transform.stc.AbstractTypeCheckingExtension;
import org.codehaus.groovy.transform.stc.StaticTypeCheckingVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Holds every method that a plan selects against an allow-list, and tells unknown words in the plan's own terms: what
 * was found, which block it would belong to, and the nearest word that is known.
 */
public final class TypeCage extends AbstractTypeCheckingExtension {
    /** Stands in a message between what was found and what was expected. */
    static final String EXPECTED = "\u0001";

    /** Begins a message that need not be shown when another says more: it stands in a block that is refused itself. */
    static final String STRAY = "\u0002";

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

    /** Types whose methods of the names below are harmless. */
    private static final Set<String> RECEIVERS = Set.of(
            "java.lang.Object",
            "java.lang.String",
            "java.lang.CharSequence",
            "groovy.lang.GString",
            "java.lang.Number",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Double",
            "java.lang.Boolean",
            "java.lang.Character",
            "java.math.BigDecimal",
            "java.math.BigInteger",
            "java.lang.Comparable",
            "java.lang.Iterable",
            "java.util.Collection",
            "java.util.List",
            "java.util.ArrayList",
            "java.util.Map",
            "java.util.Map$Entry",
            "java.util.LinkedHashMap",
            "java.util.Set",
            "groovy.lang.Range",
            "groovy.lang.IntRange",
            "groovy.lang.Closure",
            "java.util.Iterator",
            "int",
            "long",
            "double",
            "boolean");

    private static final Set<String> METHODS = Set.of(
            "each",
            "eachWithIndex",
            "collect",
            "collectMany",
            "findAll",
            "find",
            "any",
            "every",
            "contains",
            "containsKey",
            "startsWith",
            "endsWith",
            "toLowerCase",
            "toUpperCase",
            "trim",
            "replace",
            "size",
            "length",
            "isEmpty",
            "plus",
            "minus",
            "div",
            "mod",
            "remainder",
            "intdiv",
            "compareTo",
            "equals",
            "getAt",
            "get",
            "join",
            "toString",
            "toInteger",
            "toLong",
            "first",
            "last",
            "sort",
            "unique",
            "reverse",
            "sum",
            "min",
            "max",
            "isCase",
            "asBoolean",
            "next",
            "previous",
            "negative",
            "unaryMinus",
            "unaryPlus",
            "getKey",
            "getValue",
            "leftShift",
            "call",
            "split",
            "tokenize",
            "intValue",
            "iterator",
            "hasNext",
            "asType");

    private final Set<MethodNode> standIns = new HashSet<>();

    public TypeCage(StaticTypeCheckingVisitor visitor) {
        super(visitor);
    }

    @Override
    public void onMethodSelection(Expression expression, MethodNode target) {
        if (standIns.contains(target)) return;
        ClassNode owner = target.getDeclaringClass();
        String type = owner.getName();
        if (BLOCKS.values().stream().anyMatch(block -> block.getName().equals(type))) return;
        if (type.equals(Block.class.getName()) || type.equals(SslWords.class.getName())) return;
        if (type.equals(Sites.SiteFacts.class.getName())) return;
        if (type.equals(PlanScript.class.getName()) && target.getName().equals("migration")) return;
        // A word that stands alone is a word of the language, or it is nothing: never `each` or `println` of anything.
        boolean alone = expression instanceof MethodCallExpression call && call.isImplicitThis();
        if (type.equals(Units.class.getName())) return;
        boolean allowed = !alone && RECEIVERS.contains(type) && METHODS.contains(target.getName())
                || !alone
                        && isNumber(type)
                        && Set.of("multiply", "power", "times").contains(target.getName())
                || !alone && target.getName().startsWith("get") && type.equals("java.lang.Integer");
        if (allowed) return;
        addStaticTypeError(
                (inStrayBlock(expression) ? STRAY : "") + "`" + target.getName() + "` of "
                        + owner.getNameWithoutPackage() + " has no place in a plan" + EXPECTED
                        + "words of the plan language and simple calls on texts, numbers and lists",
                expression);
    }

    private static boolean isNumber(String type) {
        return type.equals("java.lang.Number")
                || type.equals("java.lang.Integer")
                || type.equals("java.lang.Long")
                || type.equals("java.math.BigDecimal");
    }

    @Override
    public List<MethodNode> handleMissingMethod(
            ClassNode receiver,
            String name,
            ArgumentListExpression arguments,
            ClassNode[] argumentTypes,
            MethodCall call) {
        boolean plain = call instanceof MethodCallExpression method && method.isImplicitThis();
        if (!plain) {
            addStaticTypeError(
                    "`" + name + "` of " + receiver.getNameWithoutPackage() + " has no place in a plan" + EXPECTED
                            + "words of the plan language and simple calls on texts, numbers and lists",
                    (Expression) call);
            return List.of(standIn(call));
        }
        // What stands in a block that is itself unknown or misplaced is not a problem of its own.
        if (inStrayBlock(call)) {
            addStaticTypeError(STRAY + "`" + name + "`", (Expression) call);
            return List.of(standIn(call));
        }
        Class<?> block = enclosingBlock(call);
        String where = block == null ? "the plan" : "`" + wordOf(block) + "`";
        Set<String> known = block == null ? Set.of("migration") : words(block);
        String message;
        if (known.contains(name)) {
            message = "`" + name + "` of " + where + " does not take (" + types(argumentTypes) + ")" + EXPECTED
                    + signatures(block, name);
        } else {
            var home = homes(name);
            message = "`" + name + "` is not a word of "
                    + where
                    + (home.isEmpty() ? Nearest.hint(name, known) : "; it belongs in " + String.join(" or ", home))
                    + EXPECTED + "one of " + String.join(", ", known);
        }
        addStaticTypeError(
                message.replace("`" + NOTIFY, "`notify").replace(" " + NOTIFY + ",", " notify,"), (Expression) call);
        return List.of(standIn(call));
    }

    /** The block in which a call stands; null for the plan itself. */
    private @Nullable Class<?> enclosingBlock(Object call) {
        Class<?> block = null;
        for (Expression outer : outwardIn(call)) {
            var inner = BLOCKS.get(((MethodCall) outer).getMethodAsString());
            if (inner != null) block = inner;
        }
        return block;
    }

    private boolean inStrayBlock(Object call) {
        Class<?> block = null;
        for (Expression outer : outwardIn(call)) {
            String word = ((MethodCall) outer).getMethodAsString();
            boolean plain = outer instanceof MethodCallExpression method && method.isImplicitThis();
            if (word == null || !plain) continue;
            boolean placed =
                    block == null ? word.equals("migration") : words(block).contains(word);
            if (!placed) return true;
            block = BLOCKS.getOrDefault(word, block == null ? MigrationBlock.class : block);
        }
        return false;
    }

    /** The calls around a call, the outermost first. */
    private List<Expression> outwardIn(Object call) {
        var calls = new ArrayList<Expression>(
                typeCheckingVisitor.getTypeCheckingContext().getEnclosingMethodCalls());
        Collections.reverse(calls);
        calls.removeIf(outer -> outer == call || !(outer instanceof MethodCall));
        return calls;
    }

    /** A method in place of one that was reported, so that the checker has nothing to add. */
    private MethodNode standIn(MethodCall call) {
        var method = makeDynamic(call, ClassHelper.OBJECT_TYPE);
        standIns.add(method);
        return method;
    }

    @Override
    public boolean handleUnresolvedVariableExpression(VariableExpression variable) {
        var enclosing = typeCheckingVisitor.getTypeCheckingContext().getEnclosingClosure();
        Set<String> known = new TreeSet<>();
        if (enclosing != null) known.addAll(SITE_FACTS);
        addStaticTypeError(
                "`" + variable.getName() + "` is not known here" + Nearest.hint(variable.getName(), known) + EXPECTED
                        + "a word of this block, a local variable, or a text in quotes",
                variable);
        return true;
    }

    @Override
    public boolean handleUnresolvedProperty(PropertyExpression expression) {
        addStaticTypeError(
                "`" + expression.getPropertyAsString() + "` is not known here" + EXPECTED
                        + "a unit such as 2.GB or 7.days",
                expression);
        return true;
    }

    private static final Set<String> SITE_FACTS = Arrays.stream(Sites.SiteFacts.class.getMethods())
            .map(method -> method.getName().replaceFirst("^(is|get)", ""))
            .map(name -> Character.toLowerCase(name.charAt(0)) + name.substring(1))
            .collect(Collectors.toCollection(TreeSet::new));

    private static String wordOf(Class<?> block) {
        return BLOCKS.entrySet().stream()
                .filter(entry -> entry.getValue() == block)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static Set<String> words(Class<?> block) {
        return Arrays.stream(block.getMethods())
                .map(java.lang.reflect.Method::getName)
                // pause, abort and ask are values, told by getters
                .map(name -> name.matches("get[A-Z].*") ? name.substring(3).toLowerCase(Locale.ROOT) : name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> homes(String word) {
        var homes = new ArrayList<String>();
        if (word.equals("migration")) homes.add("the plan itself");
        BLOCKS.forEach((name, block) -> {
            if (words(block).contains(word)) homes.add("`" + name + "`");
        });
        return homes;
    }

    private static String signatures(@Nullable Class<?> block, String word) {
        if (block == null) return word + "('name') { … }";
        return Arrays.stream(block.getMethods())
                .filter(method -> method.getName().equals(word))
                .map(method -> word + "("
                        + Arrays.stream(method.getParameters())
                                .map(TypeCage::parameter)
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

    private static String types(ClassNode[] types) {
        return Arrays.stream(types)
                .map(type -> type.toString(false).replaceFirst("^java\\.\\w+\\.", ""))
                .collect(Collectors.joining(", "));
    }
}
