package edu.wfu.wfumig.dsl

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification

/** What the README and the plans folder show is true. */
class ReadmeSpec extends Specification {
    static final String README = Files.readString(Path.of('README.md'))
    static final List<String> SNIPPETS = (README =~ /(?s)```groovy\n(.*?)```/).collect { it[1] }

    def 'plan snippet #number of the README compiles'() {
        given:
        def whole = text.startsWith('migration') ? text : """
            migration('snippet') {
              environment('dev') { embedded { schema 'a' }; url 'http://a.test' }
              environment('uat') { embedded { schema 'b' }; url 'http://b.test' }
              from 'dev'
              to 'uat'
              $text
            }""".toString()

        expect:
        PlanLanguage.read(whole, 'README.groovy', new OutsideValues([:], [:])).name()

        where:
        text << SNIPPETS
        number = SNIPPETS.indexOf(text) + 1
    }

    def 'the plan #file is valid'() {
        expect:
        PlanLanguage.read(Path.of('plans', file), new OutsideValues([:], [:])).name()

        where:
        file << new File('plans').list().findAll { it.endsWith('.groovy') }
    }

    def 'the README names every word of the language'() {
        expect:
        [MigrationBlock, EnvironmentBlock, ProtectBlock, MysqlBlock, PostgresBlock, VerifiedBlock, EmbeddedBlock, StagingBlock, SitesBlock, TablesBlock, RewriteBlock, LargeSitesBlock,
         FailuresBlock, ParallelBlock, ThrottleBlock, BackupBlock, VerifyBlock, CutoverBlock, ArchiveBlock, S3Block, NotifyBlock, SchemaBlock]
                .every { block -> block.methods*.name.every { README.contains(it.replaceFirst('^get(?=[A-Z])', '').uncapitalize()) } }
    }

    def 'the test command of the README is what continuous integration runs'() {
        expect:
        README.contains('./mvnw verify')
        Files.readString(Path.of('.ci/run')).readLines().contains('./mvnw verify')
    }
}
