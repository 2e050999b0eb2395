package edu.wfu.wfumig.dsl;

import edu.wfu.wfumig.plan.Sites;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
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

    private final Set<MethodNode> standIns = new HashSet<>();

    public TypeCage(StaticTypeCheckingVisitor visitor) {
        super(visitor);
    }

    @Override
    public void onMethodSelection(Expression expression, MethodNode target) {
        if (standIns.contains(target)) return;
        ClassNode owner = target.getDeclaringClass();
        String type = owner.getName();
        if (Vocabulary.isBlock(type)) return;
        if (type.equals(Block.class.getName()) || type.equals(SslWords.class.getName())) return;
        if (type.equals(Sites.SiteFacts.class.getName())) return;
        if (type.equals(PlanScript.class.getName()) && target.getName().equals("migration")) return;
        // A word that stands alone is a word of the language, or it is nothing: never `each` or `println` of anything.
        boolean alone = expression instanceof MethodCallExpression call && call.isImplicitThis();
        if (type.equals(Units.class.getName())) return;
        if (!alone && AllowList.allows(type, target.getName())) return;
        addStaticTypeError(
                (inStrayBlock(expression) ? STRAY : "") + "`" + target.getName() + "` of "
                        + owner.getNameWithoutPackage() + " has no place in a plan" + EXPECTED
                        + "words of the plan language and simple calls on texts, numbers and lists",
                expression);
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
        String where = block == null ? "the plan" : "`" + Vocabulary.wordOf(block) + "`";
        Set<String> known = block == null ? Set.of("migration") : Vocabulary.words(block);
        String message;
        if (known.contains(name)) {
            message = "`" + name + "` of " + where + " does not take (" + types(argumentTypes) + ")" + EXPECTED
                    + Vocabulary.signatures(block, name);
        } else {
            var home = Vocabulary.homes(name);
            message = "`" + name + "` is not a word of "
                    + where
                    + (home.isEmpty() ? Nearest.hint(name, known) : "; it belongs in " + String.join(" or ", home))
                    + EXPECTED + "one of " + String.join(", ", known);
        }
        addStaticTypeError(Vocabulary.asWritten(message), (Expression) call);
        return List.of(standIn(call));
    }

    /** The block in which a call stands; null for the plan itself. */
    private @Nullable Class<?> enclosingBlock(Object call) {
        Class<?> block = null;
        for (Expression outer : outwardIn(call)) {
            var inner = Vocabulary.block(((MethodCall) outer).getMethodAsString(), null);
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
            boolean placed = block == null
                    ? word.equals("migration")
                    : Vocabulary.words(block).contains(word);
            if (!placed) return true;
            block = Vocabulary.block(word, block == null ? MigrationBlock.class : block);
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
        if (enclosing != null) known.addAll(Vocabulary.SITE_FACTS);
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

    private static String types(ClassNode[] types) {
        return Arrays.stream(types)
                .map(type -> type.toString(false).replaceFirst("^java\\.\\w+\\.", ""))
                .collect(Collectors.joining(", "));
    }
}
