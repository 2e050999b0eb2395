package edu.wfu.wfumig

import com.tngtech.archunit.core.domain.JavaClasses
import com.tngtech.archunit.core.importer.ClassFileImporter
import com.tngtech.archunit.core.importer.ImportOption
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition
import edu.wfu.wfumig.executor.StepRunner
import edu.wfu.wfumig.graph.Step
import spock.lang.Shared
import spock.lang.Specification

/** The import table of the design: a floor imports only what lies below it. */
class ArchitectureSpec extends Specification {
    static final Map<String, List<String>> MAY_IMPORT = [
            plan        : [], inventory: [], wordpress: [], dump: [], archive: [], settings: [],
            graph       : ['plan', 'inventory', 'wordpress'],
            dsl         : ['plan', 'wordpress'],
            database    : ['inventory'],
            ledger      : ['plan', 'graph'],
            lock        : ['database'],
            executor    : ['graph', 'ledger', 'plan'],
            survey      : ['plan', 'inventory', 'database', 'dump'],
            report      : ['plan', 'inventory', 'wordpress', 'graph', 'ledger', 'executor'],
            schema      : ['plan', 'inventory', 'wordpress', 'dump', 'archive', 'settings', 'database', 'lock'],
            embedded    : ['settings'],
            steps       : ['plan', 'inventory', 'wordpress', 'dump', 'archive', 'settings', 'graph', 'database', 'ledger', 'lock', 'executor', 'schema'],
    ]

    @Shared JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages('edu.wfu.wfumig')

    def '#name imports only #allowed'() {
        given:
        def others = (MAY_IMPORT.keySet() + 'cli' - allowed - name).collect { "edu.wfu.wfumig.$it..".toString() } as String[]

        expect:
        ArchRuleDefinition.noClasses().that().resideInAPackage("edu.wfu.wfumig.$name..").should()
                .dependOnClassesThat().resideInAnyPackage(others).check(classes)

        where:
        name << MAY_IMPORT.keySet()
        allowed = MAY_IMPORT[name]
    }

    def 'every package stands in the table'() {
        expect:
        classes*.packageName.findAll { it.startsWith('edu.wfu.wfumig.') }.collect { it.split('\\.')[3] }.toSet() == MAY_IMPORT.keySet() + 'cli'
    }

    def 'packages form no circle'() {
        expect:
        SlicesRuleDefinition.slices().matching('edu.wfu.wfumig.(*)..').should().beFreeOfCycles().check(classes)
    }

    def 'small value types at the root know no package'() {
        expect:
        ArchRuleDefinition.noClasses().that().resideInAPackage('edu.wfu.wfumig').should()
                .dependOnClassesThat().resideInAPackage('edu.wfu.wfumig.(*)..').check(classes)
    }

    def 'runners never use one another'() {
        expect:
        classes.findAll { it.isAssignableTo(StepRunner) && !it.isInterface() }.every { runner ->
            !runner.directDependenciesFromSelf*.targetClass.any { it.simpleName ==~ /\w+Runners?/ && it != runner && !it.isInterface() }
        }
    }

    def 'only database code knows its driver, only the embedded package its server, only S3 and secrets the SDK of AWS, only the language Groovy'() {
        expect:
        ArchRuleDefinition.noClasses().that().resideOutsideOfPackage('edu.wfu.wfumig.database.mysql..').should()
                .dependOnClassesThat().resideInAPackage('com.mysql..').check(classes)
        ArchRuleDefinition.noClasses().that().resideOutsideOfPackages('edu.wfu.wfumig.database.postgres..', 'edu.wfu.wfumig.embedded..').should()
                .dependOnClassesThat().resideInAPackage('org.postgresql..').check(classes)
        ArchRuleDefinition.noClasses().that().resideOutsideOfPackages('edu.wfu.wfumig.database.jdbc..', 'edu.wfu.wfumig.database.mysql..', 'edu.wfu.wfumig.database.postgres..', 'edu.wfu.wfumig.embedded..').should()
                .dependOnClassesThat().resideInAPackage('java.sql..').check(classes)
        ArchRuleDefinition.noClasses().that().resideInAPackage('edu.wfu.wfumig.database.mysql..').should()
                .dependOnClassesThat().resideInAPackage('edu.wfu.wfumig.database.postgres..').check(classes)
        ArchRuleDefinition.noClasses().that().resideInAPackage('edu.wfu.wfumig.database.postgres..').should()
                .dependOnClassesThat().resideInAPackage('edu.wfu.wfumig.database.mysql..').allowEmptyShould(true).check(classes)
        ArchRuleDefinition.noClasses().that().resideOutsideOfPackage('edu.wfu.wfumig.embedded..').should()
                .dependOnClassesThat().resideInAnyPackage('ch.vorburger..', 'org.tukaani..').check(classes)
        ArchRuleDefinition.noClasses().that().resideOutsideOfPackages('edu.wfu.wfumig.archive.s3..', 'edu.wfu.wfumig.settings.aws..').should()
                .dependOnClassesThat().resideInAPackage('software.amazon..').check(classes)
        ArchRuleDefinition.noClasses().that().resideOutsideOfPackage('edu.wfu.wfumig.dsl..').should()
                .dependOnClassesThat().resideInAnyPackage('groovy..', 'org.codehaus.groovy..', 'org.apache.groovy..').check(classes)
    }

    def 'there is a runner for every kind of step: #kind.simpleName'() {
        expect:
        classes.any { it.simpleName == "${kind.simpleName}Runner".toString() && it.isAssignableTo(StepRunner) }

        where:
        kind << Step.getPermittedSubclasses().toList()
    }
}
