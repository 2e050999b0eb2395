package edu.wfu.wfumig.database

import edu.wfu.wfumig.inventory.Structure
import edu.wfu.wfumig.support.Grounds
import java.util.regex.Pattern
import spock.lang.Shared
import spock.lang.Specification

/** What a structure must hold on every product. */
abstract class StructureContract extends Specification {
    /** The same application twice, in schemas and under prefixes of their own. */
    @Shared Grounds pristine = grounds('structure_pristine')
    @Shared Grounds live = grounds('structure_live')
    @Shared Structure expected

    abstract Grounds grounds(String schema)

    /** A plugin's schema with one of everything. */
    abstract String plugin()

    /** Changes of it, by name: statements, and the lines that tell of it. */
    abstract Map<String, List> changes()

    def setupSpec() {
        pristine.clear()
        pristine.run(plugin(), 'wp_43_')
        expected = pristine.structure('wp_43_')
    }

    def cleanupSpec() {
        pristine?.remove()
        live?.remove()
    }

    private Structure changed(String statements) {
        live.clear()
        live.run(plugin(), 'shop_')
        live.run(statements, 'shop_')
        live.structure('shop_')
    }

    def 'another installation is equal, whatever its schema, its prefix, its rows and its neighbours'() {
        when:
        def other = changed("""CREATE TABLE neighbour (id int); CREATE TABLE wfumig_lock (id int);
            INSERT INTO {prefix}parent (code) VALUES ('a'), ('b'); DELETE FROM {prefix}parent WHERE code = 'b'""")

        then:
        Structure.differences(expected, other) == []
        other.text() == expected.text()
        other.digest() == expected.digest()
        other.digest() ==~ /[0-9a-f]{64}/

        and: 'it is not equal because nothing was read'
        expected.elements()*.kind().toSet().size() >= 9
        expected.names().containsAll(['{prefix}parent', '{prefix}child', '{prefix}busy'])
    }

    def 'each change is seen, and as what it is'() {
        expect:
        changes().each { what, change ->
            def (statements, lines) = change
            def found = changed(statements)
            def told = Structure.differences(expected, found)*.toString()
            assert told.size() == lines.size(), what
            assert [told, lines].transpose().every { is, line -> line instanceof Pattern ? is ==~ line : is == line }, what
            assert found.digest() != expected.digest(), what
        }
    }

    def 'what is missing on one side is extra on the other'() {
        given:
        def found = changed('DROP VIEW {prefix}busy; CREATE TABLE {prefix}more (id int, CHECK (id > 0))')

        expect:
        Structure.differences(expected, found)*.toString() == ['view {prefix}busy: missing', 'table {prefix}more: not expected']
        Structure.differences(found, expected)*.toString() == ['view {prefix}busy: not expected', 'table {prefix}more: missing']
        Structure.differences(expected, found.about(expected.names()))*.toString() == ['view {prefix}busy: missing']
    }

    def 'a structure of nothing is no error'() {
        expect:
        live.structure('nobody_').elements() == []
    }

    def 'the main site of a network has what is not numbered; another application may number its tables'() {
        given:
        live.clear()
        live.run('CREATE TABLE wp_log (id int); CREATE TABLE wp_43_log (id int); CREATE TABLE wp_2fa_log (id int); CREATE TABLE wpx (id int)')

        expect:
        live.structure('wp_').names() == ['{prefix}log', '{prefix}43_log', '{prefix}2fa_log'] as Set
        live.structure('wp_43_').names() == ['{prefix}log'] as Set
        live.structure('').names() == ['wp_log', 'wp_43_log', 'wp_2fa_log', 'wpx'] as Set

        when:
        live.run('CREATE TABLE wp_blogs (id int)')

        then:
        live.structure('wp_').names() == ['{prefix}log', '{prefix}2fa_log', '{prefix}blogs'] as Set
        live.structure('wp_43_').names() == ['{prefix}log'] as Set
    }
}
