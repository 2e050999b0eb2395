package edu.wfu.wfumig.steps

import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import spock.lang.Shared
import spock.lang.Specification

/** Plans without sites on MariaDB: tables of no WordPress, through every step and back. */
class TableScopeSpec extends Specification {
    @Shared TestServer server = TestServer.embedded()
    Wfumig wfumig = new Wfumig()

    def setup() {
        server.drop('loose_a', 'loose_b', 'loose_staging')
        server.sql('''
            CREATE DATABASE loose_a; CREATE DATABASE loose_b; USE loose_a;
            CREATE TABLE shop_people (id INT PRIMARY KEY, home VARCHAR(100)) DEFAULT CHARSET=utf8mb4;
            INSERT INTO shop_people VALUES (1, 'http://a.test/ann'), (2, 'http://a.test/bob');
            CREATE TABLE shop_orders (id INT AUTO_INCREMENT PRIMARY KEY, person INT, at VARCHAR(50),
              CONSTRAINT placed FOREIGN KEY (person) REFERENCES shop_people (id)) DEFAULT CHARSET=utf8mb4;
            INSERT INTO shop_orders (person, at) VALUES (1, 'http://a.test/1'), (NULL, ''), (2, 'x');
            CREATE TABLE shop_sessions (id INT PRIMARY KEY); INSERT INTO shop_sessions VALUES (7);
            CREATE TABLE other (id INT PRIMARY KEY);
            CREATE VIEW shop_v AS SELECT home FROM shop_people;
            USE loose_b;
            CREATE TABLE shop_people (id INT PRIMARY KEY, home VARCHAR(100)) DEFAULT CHARSET=utf8mb4;
            INSERT INTO shop_people VALUES (5, 'old');
            CREATE TABLE shop_audit (id INT PRIMARY KEY);
            CREATE TABLE visits (id INT PRIMARY KEY, person INT, CONSTRAINT visitor FOREIGN KEY (person) REFERENCES shop_people (id));
            ''')
    }

    def cleanupSpec() {
        server.drop('loose_a', 'loose_b', 'loose_staging')
    }

    private String plan(String tables = "include 'shop_*'; exclude '*_sessions'", String more = "rewrite { replace 'a.test', with: 'b.test' }") {
        wfumig.plan("""
            migration('loose') {
              ${wfumig.ends(server, 'loose_a', server, 'loose_b')}
              staging { schema 'loose_staging' }
              tables { $tables }
              backup { dump() }
              $more
            }""").toString()
    }

    private List<String> tables(String schema) {
        server.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = '$schema' AND table_name NOT LIKE 'wfumig%' ORDER BY 1")*.get(0)
    }

    def 'tables move as one scope, rewritten by the rules of the plan alone, and come back'() {
        given:
        def before = server.picture(['loose_b'])

        expect:
        wfumig.call('plan', plan()) == 0
        wfumig.out.contains('2 tables, cut over as one')
        wfumig.out.contains("tables: shop_audit")
        wfumig.out.contains("the target's visits refers to shop_people by foreign key visitor")

        and:
        wfumig.call('run', plan(), '--yes') == 0
        wfumig.out.contains('done and verified, 1 of 1 scope')
        server.rows('SELECT * FROM loose_b.shop_people') == [['1', 'http://b.test/ann'], ['2', 'http://b.test/bob']]
        server.rows('SELECT at FROM loose_b.shop_orders ORDER BY id') == [['http://b.test/1'], [''], ['x']]
        server.rows('SELECT home FROM loose_b.shop_v') == [['http://b.test/ann'], ['http://b.test/bob']]
        tables('loose_b') == ['shop_audit', 'shop_orders', 'shop_people', 'shop_v', 'visits']
        server.rows("SELECT phase, percent FROM loose_b.wfumig_history") == [['done', '100']]

        when: 'a second run has the history of the first in the schema, and leaves it alone'
        def again = wfumig.call('run', plan("include '*'; exclude 'shop_sessions'; different replace()"), '--yes')

        then:
        again == 0
        server.rows('SELECT COUNT(*) FROM loose_b.wfumig_history') == [['2']]
        tables('loose_b').contains('other')

        and:
        wfumig.call('rollback') == 0
        wfumig.call('rollback', runs()[0]) == 0
        server.picture(['loose_b']).findAll { !it.key.contains('wfumig_') } == before
    }

    private List<String> runs() {
        Files.list(wfumig.state).withCloseable { it.filter { Files.isDirectory(it) }.toList() }*.fileName*.toString().sort()
    }

    def 'foreign keys that do not hold are found before the cutover'() {
        given:
        def before = server.picture(['loose_b'])

        expect:
        wfumig.call('run', plan("include 'shop_*'; where 'shop_people', 'id < 2'"), '--yes') == 7
        wfumig.out.contains('placed of shop_orders: 1 row point at no row of shop_people')
        server.picture(['loose_b']).findAll { !it.key.contains('wfumig_') } == before

        and: 'unless nobody asks'
        wfumig.call('run', plan("include 'shop_*'; where 'shop_people', 'id < 2'", 'verify { rowCounts() }'), '--yes') == 0
    }

    def 'a run that failed at the cutover goes on there when the reason is gone'() {
        given:
        server.sql("CREATE TRIGGER loose_a.greet BEFORE INSERT ON loose_a.shop_people FOR EACH ROW SET NEW.home = 'new'")
        server.sql("CREATE TRIGGER loose_b.greet BEFORE INSERT ON loose_b.visits FOR EACH ROW SET NEW.person = NULL")
        def before = server.picture(['loose_b'])

        expect:
        wfumig.call('run', plan(), '--yes') == 1
        wfumig.out.contains('failed at cutover')
        server.picture(['loose_b']).findAll { !it.key.contains('wfumig_') } == before

        when:
        server.sql('DROP TRIGGER loose_b.greet')

        then:
        wfumig.call('resume') == 0
        wfumig.out.contains('done and verified')
        server.rows('SELECT * FROM loose_b.shop_people')*.get(1) == ['http://b.test/ann', 'http://b.test/bob']
        Files.readAllLines(wfumig.run().resolve('journal.jsonl')).count { it.contains('step-started') && it.contains('tables/export') } == 1
        server.rows("SELECT event_object_table FROM information_schema.triggers WHERE trigger_schema = 'loose_b'") == [['shop_people']]
        wfumig.call('resume') == 0
        wfumig.out.contains('there is nothing to resume')
    }

    def 'what the plan refuses is refused before anything is written: #tables'() {
        expect:
        wfumig.call('run', plan(tables), '--yes') == 2
        wfumig.err.contains(expected)
        !Files.exists(wfumig.state)

        where:
        tables                                      | expected
        "include 'shop_*'; missing refuse()"        | 'shop_orders is not on the target'
        "include 'nothing_*'"                       | "no table of schema 'loose_a' of dev is named by the plan"
        "exclude 'shop_*'"                          | 'a plan without sites, and not said which tables move'
        "include 'shop_*'; where '*_people', 'a;b'" | 'a condition with a semicolon'
    }

    def 'a table that has other columns on the target is refused, or comes out as on the source'() {
        given:
        server.sql('ALTER TABLE loose_b.shop_people ADD more INT')

        expect:
        wfumig.call('run', plan(), '--yes') == 2
        wfumig.err.contains('shop_people is another table on the target: it has more')
        wfumig.call('run', plan("include 'shop_*'; different replace()"), '--yes') == 0
        server.rows('SELECT * FROM loose_b.shop_people LIMIT 1')[0].size() == 2
    }

    def 'a table that stays as it is on the target gets what both have, proved, and goes on and back'() {
        given:
        server.sql("""ALTER TABLE loose_b.shop_people ADD more INT DEFAULT 9, ADD KEY by_home (home);
            ALTER TABLE loose_a.shop_people ADD gone INT FIRST""")
        def before = server.picture(['loose_b'])
        def text = plan("include 'shop_*'; different commonColumns()")

        expect:
        wfumig.call('plan', text) == 0
        wfumig.out.contains('shop_people is another table on the target: it lacks gone, it has more; it stays as it is there, and gets what both have')
        wfumig.out =~ /shop_people +\d+ .* 2 common columns/

        and:
        wfumig.call('run', text, '--yes') == 0
        server.rows('SELECT * FROM loose_b.shop_people ORDER BY id') == [['1', 'http://b.test/ann', '9'], ['2', 'http://b.test/bob', '9']]
        server.rows('SHOW CREATE TABLE loose_b.shop_people')[0][1].contains('KEY `by_home`')

        when:
        server.sql("UPDATE loose_b.shop_people SET home = 'mine' WHERE id = 1")

        then:
        wfumig.call('rollback') == 1
        wfumig.err.contains('tables were written since the cutover: shop_people')
        wfumig.call('rollback', '--discard-writes') == 0
        server.picture(['loose_b']).findAll { !it.key.contains('wfumig_') } == before
    }

    def 'common columns of other types cannot be proved, and are refused'() {
        given:
        server.sql('ALTER TABLE loose_b.shop_people MODIFY home VARCHAR(100) CHARACTER SET latin1')

        expect:
        wfumig.call('run', plan("include 'shop_*'; different commonColumns()"), '--yes') == 2
        wfumig.err.contains('home is varchar in latin1, not varchar in utf8mb4')
    }

    def 'the other way: what the plan reads is changed, and resume and rollback keep to it'() {
        given:
        def before = server.picture(['loose_a', 'loose_b'])
        def both = "include 'shop_people'"

        expect:
        wfumig.call('plan', plan(both, ''), '--reverse') == 0
        wfumig.out.contains('loose: uat -> dev')

        and:
        wfumig.call('run', plan(both, ''), '--reverse', '--yes') == 0
        wfumig.runId().startsWith('loose-reversed-')
        server.rows('SELECT * FROM loose_a.shop_people') == [['5', 'old']]
        Files.readString(wfumig.run().resolve('journal.jsonl')).contains('"--reverse"')
        wfumig.call('resume') == 0

        and:
        wfumig.call('rollback') == 0
        server.picture(['loose_a', 'loose_b']).findAll { !it.key.contains('wfumig_') } == before

        and: 'rules are true in one direction'
        wfumig.call('run', plan(), '--reverse', '--yes') == 2
        wfumig.err.contains("this plan cannot be turned round: it says replace 'a.test'")
    }

    def 'a saved plan keeps its direction'() {
        given:
        def saved = wfumig.home.resolve('saved.json').toString()
        def text = plan("include 'shop_people'", '')

        expect:
        wfumig.call('plan', text, '--reverse', '--out', saved) == 0
        wfumig.call('run', saved, '--yes') == 0
        server.rows('SELECT * FROM loose_a.shop_people') == [['5', 'old']]
        wfumig.runId().startsWith('loose-reversed-')
    }
}
