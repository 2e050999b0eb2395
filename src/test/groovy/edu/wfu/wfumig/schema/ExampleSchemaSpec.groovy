package edu.wfu.wfumig.schema

import com.fasterxml.jackson.databind.ObjectMapper
import edu.wfu.wfumig.inventory.Structure
import edu.wfu.wfumig.support.Grounds
import edu.wfu.wfumig.support.TestPostgres
import edu.wfu.wfumig.support.TestServer
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification

/** The migrations of dsl-examples/schema, up and down. */
class ExampleSchemaSpec extends Specification {
    static final List<String> TABLES = ['conversations', 'messages', 'participants', 'attachments', 'tags', 'conversation_tags']
    static final List<String> VIEWS = ['open_conversations', 'conversation_stats']

    static List<List> products() {
        def all = [['MariaDB', 'woo', { Grounds.of(TestServer.embedded(), it) }]]
        if (TestServer.noMysql9().isEmpty()) all << ['MySQL', 'woo', { Grounds.of(TestServer.mysql9(), it) }]
        all << ['PostgreSQL', 'woo-postgres', { Grounds.of(TestPostgres.older(), it) }]
        all
    }

    def 'each migration goes up and down again and leaves what was there before: #product'() {
        given:
        def path = Path.of('dsl-examples/schema', folder)
        def migrations = new ObjectMapper().readValue(path.resolve('version.json').toFile(), Map)
        def ground = grounds.call('schema_woo')
        def other = grounds.call('schema_other')
        [ground, other]*.clear()
        def run = { Grounds on, String prefix, String file -> on.run(Files.readString(path.resolve(file)), prefix) }
        def held = [ground.structure('wp_43_')]

        when: 'up'
        migrations.each { id, migration ->
            run(ground, 'wp_43_', migration.file)
            held << ground.structure('wp_43_')
        }

        then: 'six tables and two views; each migration changed something'
        held[0].elements() == []
        held*.digest().toSet().size() == migrations.size() + 1
        held.last().elements().findAll { it.kind().name() == 'TABLE' }*.name() as Set == TABLES.collect { "{prefix}$it".toString() } as Set
        held.last().elements().findAll { it.kind().name() == 'VIEW' }*.name() as Set == VIEWS.collect { "{prefix}$it".toString() } as Set

        when: 'it is used'
        ground.run("""
            INSERT INTO {prefix}conversations (id, title) VALUES (1, 'a'), (2, 'b');
            INSERT INTO {prefix}messages (conversation_id, body) VALUES (1, 'x'), (1, 'y'), (2, 'z');
            DELETE FROM {prefix}messages WHERE body = 'y'""", 'wp_43_')

        then: 'what counts messages counts them, and rows change nothing of the structure'
        ground.rows('SELECT message_count FROM wp_43_conversations ORDER BY id')*.get(0) == ['1', '1']
        ground.rows('SELECT id, messages FROM wp_43_conversation_stats ORDER BY id') == [['1', '1'], ['2', '1']]
        Structure.differences(held.last(), ground.structure('wp_43_')) == []

        when: 'under another prefix, in another schema'
        migrations.values().each { run(other, 'wp_', it.file) }

        then:
        Structure.differences(held.last(), other.structure('wp_')) == []

        when: 'down'
        def returned = migrations.values().toList().reverse().collect {
            run(ground, 'wp_43_', it.rollback)
            ground.structure('wp_43_')
        }

        then:
        [returned, held.reverse().tail()].transpose().every { is, was -> Structure.differences(was, is) == [] && is.digest() == was.digest() }

        cleanup:
        [ground, other]*.remove()

        where:
        [product, folder, grounds] << products()
    }

    def 'a part that another one needs comes after it, and each file is there: #folder'() {
        given:
        def path = Path.of('dsl-examples/schema', folder)
        def migrations = new ObjectMapper().readValue(path.resolve('version.json').toFile(), Map)

        expect:
        migrations.every { id, migration -> migration.dependencies.every { it < id && migrations[it] } }
        migrations.values().collectMany { [it.file, it.rollback] }.toSet() == path.toFile().list().findAll { it.endsWith('.sql') }.toSet()
        migrations.every { id, migration -> migration.file == "${id}_${migration.name}.sql" }

        where:
        folder << ['woo', 'woo-postgres']
    }
}
