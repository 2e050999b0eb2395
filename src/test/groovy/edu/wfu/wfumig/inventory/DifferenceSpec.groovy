package edu.wfu.wfumig.inventory

import static edu.wfu.wfumig.inventory.Element.Kind.*

import com.fasterxml.jackson.databind.ObjectMapper
import spock.lang.Specification

class DifferenceSpec extends Specification {
    private static Element column(String table, String name, int place, String type) {
        new Element(COLUMN, table, name, place, new TreeMap([type: type, nulls: 'not null', comment: '']))
    }

    private static Structure structure(Element... elements) { new Structure(elements.toList()) }

    static final Element T = new Element(TABLE, '', 't', [engine: 'InnoDB'])

    def 'the order of elements and facts that say nothing play no part'() {
        expect:
        structure(column('t', 'a', 1, 'int'), T) == structure(T, new Element(COLUMN, 't', 'a', 1, new TreeMap([type: 'int', nulls: 'not null'])))
        structure(column('t', 'a', 1, 'int'), T).digest() != structure(column('t', 'a', 2, 'int'), T).digest()
    }

    def 'texts cannot look like other elements'() {
        expect:
        structure(new Element(TABLE, '', 't', [comment: 'x"\nTABLE "" "u" 0'])).digest() !=
                structure(new Element(TABLE, '', 't', [comment: 'x']), new Element(TABLE, '', 'u', [:])).digest()
    }

    def 'a difference is a line for people: #line'() {
        expect:
        Structure.differences(structure(T, *expected), structure(T, *live))*.toString() == [line]

        where:
        expected                                                            | live                                                                || line
        [column('t', 'a', 1, 'int')]                                        | []                                                                  || 'column t.a: missing'
        []                                                                  | [column('t', 'a', 1, 'int')]                                        || 'column t.a: not expected'
        [column('t', 'a', 1, 'varchar(255)')]                               | [column('t', 'a', 1, 'varchar(200)')]                               || 'column t.a: varchar(200), expected varchar(255)'
        [column('t', 'a', 1, 'int'), column('t', 'b', 2, 'int')]            | [column('t', 'b', 1, 'int'), column('t', 'a', 2, 'int')]            || 'table t: columns in order b, a, expected columns in order a, b'
        [column('t', 'a', 1, 'int'), column('t', 'b', 2, 'int')]            | [column('t', 'b', 1, 'int')]                                        || 'column t.a: missing'
        [new Element(VIEW, '', 'v', [made: 'SELECT ' + 'a,' * 99 + '1'])]   | [new Element(VIEW, '', 'v', [made: 'SELECT ' + 'a,' * 99 + '2'])]   || 'view v: …' + 'a,' * 12 + '2, expected …' + 'a,' * 12 + '1'
        [new Element(VIEW, '', 'v', [made: 'SELECT 1'])]                    | [new Element(VIEW, '', 'v', [made: 'SELECT\n  1'])]                 || 'view v: made differs from what is expected in blanks alone'
        [new Element(TABLE, '', 'u', [:]), column('u', 'a', 1, 'int')]      | []                                                                  || 'table u: missing'
    }

    def 'for scripts a difference says all'() {
        given:
        def one = Structure.differences(structure(T, column('t', 'a', 1, 'int'), column('t', 'b', 2, 'int')), structure(T, column('t', 'a', 1, 'text'), column('t', 'c', 2, 'int')))

        expect:
        new ObjectMapper().readValue(new ObjectMapper().writeValueAsString(one*.facts()), List) == [
                [difference: 'different', kind: 'column', name: 't.a', changes: [[fact: 'type', expected: 'int', found: 'text']]],
                [difference: 'missing', kind: 'column', name: 't.b', expected: [nulls: 'not null', type: 'int']],
                [difference: 'extra', kind: 'column', name: 't.c', found: [nulls: 'not null', type: 'int']],
        ]
    }

    def 'under #prefix a name reads #read: #name'() {
        expect:
        OwnNames.of('shop', prefix, ['wp_blogs', name]).with { it.has(name) == own && it.name(name) == read }

        where:
        prefix   | name              || own   | read
        'wp_'    | 'wp_log'          || true  | '{prefix}log'
        'wp_'    | 'wp_'             || false | '{prefix}'
        'wp_'    | 'wp_43_log'       || false | '{prefix}43_log'
        'wp_'    | 'wp_2fa_log'      || true  | '{prefix}2fa_log'
        'wp_43_' | 'wp_43_log'       || true  | '{prefix}log'
        'wp_43_' | 'wp_430_log'      || false | 'wp_430_log'
        'wp_43_' | 'fk_wp_43_log'    || false | 'fk_{prefix}log'
        ''       | 'wp_43_log'       || true  | 'wp_43_log'
        ''       | 'wfumig_history'  || false | 'wfumig_history'
    }

    def 'texts lose the schema and the prefix, not what only looks like them: #text'() {
        expect:
        OwnNames.of('shop', 'wp_', []).text(text) == read

        where:
        text                                        || read
        'select `shop`.`wp_a`.`wp_id` from `shop`.`wp_a`' || 'select `{prefix}a`.`wp_id` from `{prefix}a`'
        '"shop".wp_a JOIN shop.wp_b'                || '{prefix}a JOIN {prefix}b'
        'workshop.wp_a, x.shop.y, myshop.z'         || 'workshop.wp_a, x.shop.y, myshop.z'
        "nextval('wp_a_seq'::regclass)"             || "nextval('{prefix}a_seq'::regclass)"
        'old_wp_a, wp_, wp_ x'                      || 'old_wp_a, {prefix}, {prefix} x'
    }
}
