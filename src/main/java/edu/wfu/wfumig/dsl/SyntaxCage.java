package edu.wfu.wfumig.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.ArrayExpression;
import org.codehaus.groovy.ast.expr.AttributeExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.LambdaExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.MethodPointerExpression;
import org.codehaus.groovy.ast.expr.MethodReferenceExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.RangeExpression;
import org.codehaus.groovy.ast.expr.SpreadMapExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.DoWhileStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.ast.stmt.SynchronizedStatement;
import org.codehaus.groovy.ast.stmt.ThrowStatement;
import org.codehaus.groovy.ast.stmt.TryCatchStatement;
import org.codehaus.groovy.ast.stmt.WhileStatement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.syntax.SyntaxException;

/**
 * Refuses syntax that a plan does not need, right after parsing: before names are resolved, before annotations could
 * run anything. What remains are calls with plain names, literals, lists, maps, ranges, closures, local variables,
 * conditions and {@code for} loops.
 */
final class SyntaxCage extends CompilationCustomizer {
    private static final int LONGEST_RANGE = 100_000;

    /** Types that a variable or a cast may name. */
    private static final Set<String> TYPES = Set.of(
            "java.lang.Object",
            "Object",
            "String",
            "int",
            "Integer",
            "long",
            "Long",
            "boolean",
            "Boolean",
            "List",
            "Map",
            "double",
            "Double",
            "BigDecimal");

    /** Properties that a plan may read: units, and what a filter may ask of a site. */
    static final Set<String> PROPERTIES = Set.of(
            "KB",
            "MB",
            "GB",
            "seconds",
            "minutes",
            "hours",
            "days",
            "sites",
            "times",
            "id",
            "domain",
            "path",
            "public",
            "archived",
            "mature",
            "spam",
            "deleted",
            "registered",
            "lastUpdated",
            "key",
            "value",
            "empty");

    /** What is refused but does no harm while compiling, so that the type checker can add what it finds. */
    private final List<SyntaxException> objections = new ArrayList<>();

    SyntaxCage() {
        super(CompilePhase.CONVERSION);
    }

    List<SyntaxException> objections() {
        return objections;
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
        var visitor = new Visitor(source, objections);
        ModuleNode module = source.getAST();
        module.getImports().forEach(node -> visitor.refuse(node, "an import"));
        module.getStarImports().forEach(node -> visitor.refuse(node, "an import"));
        module.getStaticImports().values().forEach(node -> visitor.refuse(node, "an import"));
        module.getStaticStarImports().values().forEach(node -> visitor.refuse(node, "an import"));
        if (module.getPackage() != null) visitor.refuse(module.getPackage(), "a package");
        module.getMethods().forEach(method -> visitor.refuse(method, "a method"));
        if (type != module.getScriptClassDummy()) {
            visitor.refuse(type, "a class");
            return;
        }
        type.getFields().stream()
                .filter(field -> field.getLineNumber() > 0)
                .forEach(field -> visitor.refuse(field, "a field"));
        module.getStatementBlock().visit(visitor);
    }

    private static final class Visitor extends ClassCodeVisitorSupport {
        private final SourceUnit source;
        private final List<SyntaxException> objections;

        Visitor(SourceUnit source, List<SyntaxException> objections) {
            this.source = source;
            this.objections = objections;
        }

        @Override
        protected SourceUnit getSourceUnit() {
            return source;
        }

        void refuse(ASTNode node, String what) {
            String message = what + " has no place in a plan" + TypeCage.EXPECTED
                    + "words of the plan language, literals, lists, closures and for loops";
            source.getErrorCollector()
                    .addErrorAndContinue(
                            new SyntaxException(message, Math.max(1, node.getLineNumber()), node.getColumnNumber()),
                            source);
        }

        private void object(ASTNode node, String found, String expected) {
            objections.add(new SyntaxException(
                    found + TypeCage.EXPECTED + expected, Math.max(1, node.getLineNumber()), node.getColumnNumber()));
        }

        @Override
        public void visitAnnotations(AnnotatedNode node) {
            for (AnnotationNode annotation : node.getAnnotations()) {
                if (annotation.getLineNumber() > 0) {
                    refuse(
                            annotation,
                            "the annotation @" + annotation.getClassNode().getName());
                }
            }
        }

        @Override
        public void visitConstructorCallExpression(ConstructorCallExpression call) {
            refuse(call, "`new " + call.getType().getName() + "`");
        }

        @Override
        public void visitMethodCallExpression(MethodCallExpression call) {
            if (!(call.getMethod() instanceof ConstantExpression)) refuse(call, "a computed method name");
            if (call.isSpreadSafe()) refuse(call, "`*.`");
            // Every object has a notify() of Java's own, which the type checker finds first.
            if (call.isImplicitThis() && "notify".equals(call.getMethodAsString())) {
                var word = new ConstantExpression(Vocabulary.NOTIFY);
                word.setSourcePosition(call.getMethod());
                call.setMethod(word);
            }
            if (!call.isImplicitThis()) call.getObjectExpression().visit(this);
            call.getMethod().visit(this);
            call.getArguments().visit(this);
        }

        @Override
        public void visitPropertyExpression(PropertyExpression expression) {
            property(expression);
            super.visitPropertyExpression(expression);
        }

        @Override
        public void visitAttributeExpression(AttributeExpression expression) {
            refuse(expression, "`.@`");
        }

        private void property(PropertyExpression expression) {
            String name = expression.getPropertyAsString();
            if (name == null) refuse(expression, "a computed property name");
            else if (!PROPERTIES.contains(name)) {
                object(
                        expression,
                        "the property `" + name + "` has no place in a plan" + Nearest.hint(name, PROPERTIES),
                        "a unit such as 2.GB or 7.days, or what a filter may ask of a site");
            }
        }

        @Override
        public void visitVariableExpression(VariableExpression variable) {
            String name = variable.getName();
            boolean implicit = variable.getLineNumber() < 0;
            if (!implicit
                    && Set.of(
                                    "this",
                                    "super",
                                    "owner",
                                    "delegate",
                                    "thisObject",
                                    "binding",
                                    "metaClass",
                                    "class",
                                    "builder")
                            .contains(name)) {
                refuse(variable, "`" + name + "`");
            } else if (!implicit
                    && (Character.isUpperCase(name.charAt(0)) || name.startsWith("$") || name.startsWith("_"))) {
                refuse(variable, "`" + name + "`");
            }
            super.visitVariableExpression(variable);
        }

        @Override
        public void visitClassExpression(ClassExpression expression) {
            refuse(expression, "the class " + expression.getType().getName());
        }

        @Override
        public void visitDeclarationExpression(DeclarationExpression declaration) {
            visitAnnotations(declaration);
            if (declaration.isMultipleAssignmentDeclaration()) refuse(declaration, "a multiple assignment");
            else type(declaration, declaration.getVariableExpression().getType());
            super.visitDeclarationExpression(declaration);
        }

        @Override
        public void visitCastExpression(CastExpression cast) {
            type(cast, cast.getType());
            super.visitCastExpression(cast);
        }

        private void type(ASTNode node, ClassNode type) {
            if (!TYPES.contains(type.getName())) refuse(node, "the type " + type.getName());
        }

        @Override
        public void visitArrayExpression(ArrayExpression expression) {
            refuse(expression, "an array");
        }

        @Override
        public void visitClosureExpression(ClosureExpression closure) {
            if (closure.isParameterSpecified()) {
                for (var parameter : closure.getParameters()) {
                    visitAnnotations(parameter);
                    type(parameter, parameter.getType());
                    if (parameter.hasInitialExpression()) refuse(parameter, "a default value");
                }
            }
            super.visitClosureExpression(closure);
        }

        @Override
        public void visitLambdaExpression(LambdaExpression lambda) {
            visitClosureExpression(lambda);
        }

        @Override
        public void visitMethodPointerExpression(MethodPointerExpression expression) {
            refuse(expression, "a method pointer");
        }

        @Override
        public void visitMethodReferenceExpression(MethodReferenceExpression expression) {
            refuse(expression, "a method reference");
        }

        @Override
        public void visitSpreadMapExpression(SpreadMapExpression expression) {
            refuse(expression, "`*:`");
        }

        @Override
        public void visitRangeExpression(RangeExpression range) {
            if (range.getFrom() instanceof ConstantExpression from
                    && range.getTo() instanceof ConstantExpression to
                    && from.getValue() instanceof Integer first
                    && to.getValue() instanceof Integer last) {
                if (Math.abs((long) last - first) > LONGEST_RANGE)
                    object(range, "a range of over 100,000 numbers has no place in a plan", "a shorter range");
            } else {
                object(
                        range,
                        "a range whose ends are not written as numbers has no place in a plan",
                        "a range such as 43..70");
            }
            super.visitRangeExpression(range);
        }

        @Override
        public void visitWhileLoop(WhileStatement loop) {
            refuse(loop, "a while loop");
        }

        @Override
        public void visitDoWhileLoop(DoWhileStatement loop) {
            refuse(loop, "a do loop");
        }

        @Override
        public void visitForLoop(ForStatement loop) {
            if (loop.getCollectionExpression() instanceof org.codehaus.groovy.ast.expr.ClosureListExpression) {
                refuse(loop, "a for loop with conditions");
                return;
            }
            super.visitForLoop(loop);
        }

        @Override
        public void visitTryCatchFinally(TryCatchStatement statement) {
            refuse(statement, "try");
        }

        @Override
        public void visitThrowStatement(ThrowStatement statement) {
            refuse(statement, "throw");
        }

        @Override
        public void visitSynchronizedStatement(SynchronizedStatement statement) {
            refuse(statement, "synchronized");
        }
    }
}
