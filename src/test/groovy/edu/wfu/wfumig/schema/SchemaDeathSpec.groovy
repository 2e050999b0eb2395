package edu.wfu.wfumig.schema

import edu.wfu.wfumig.steps.CrashContract
import edu.wfu.wfumig.support.MortalDatabase
import edu.wfu.wfumig.support.MortalDatabase.Death
import edu.wfu.wfumig.support.SchemaHouse
import edu.wfu.wfumig.support.TestPostgres
import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Victim
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification

/** A migration that dies anywhere goes on where it was, or is taken back: no statement is run twice, none is left out. */
class SchemaDeathSpec extends Specification {
    static final List<String> PRODUCTS = ['MariaDB', 'PostgreSQL', 'PostgreSQL without a transaction'] + (TestServer.noMysql9().isEmpty() ? ['MySQL'] : [])

    SchemaHouse house

    private SchemaHouse open(String product) {
        house = product == 'MariaDB' ? new SchemaHouse(TestServer.embedded(), 'mortal')
                : product == 'MySQL' ? new SchemaHouse(TestServer.mysql9(), 'mortal')
                : new SchemaHouse(TestPostgres.newer(), 'mortal')
        house
    }

    def cleanup() { house?.drop() }

    private Installation here(def database = house.database()) { Installation.open(database, new Part(house.schema, '', 'schema', house.postgres), 'a spec') }

    private void migrate(def database = house.database()) {
        here(database).withCloseable { new Migrator(it, Description.read(house.folder), null, '', { line -> }).migrate('') }
    }

    private void undo(def database = house.database()) {
        here(database).withCloseable { new Reversal(it, Description.read(house.folder), null, '', false, { line -> }).undo('001') }
    }

    private boolean dies(Closure work) {
        try {
            work()
            return false
        } catch (Death ignored) {
            return true
        }
    }

    private List picture() { [house.tables(), house.rows('SELECT * FROM talks ORDER BY id'), house.states(), here().withCloseable { it.structure().digest() }] }

    private static String head(String product) { product.endsWith('without a transaction') ? '-- wfumig: no transaction\n' : '' }

    private void counting(String product) {
        house.migration('001', 'counting', head(product) + '''
            CREATE TABLE {prefix}talks (id INT PRIMARY KEY, n INT NOT NULL);
            INSERT INTO {prefix}talks VALUES (1, 0);
            UPDATE {prefix}talks SET n = n + 1;
            ALTER TABLE {prefix}talks ADD COLUMN extra INT;
            CREATE VIEW {prefix}open_talks AS SELECT id FROM {prefix}talks;
            UPDATE {prefix}talks SET n = n + 1;''',
                down: head(product) + 'DROP VIEW IF EXISTS {prefix}open_talks;\nDROP TABLE IF EXISTS {prefix}talks;')
    }

    def 'after every word to the server: #product'() {
        given:
        open(product)
        counting(product)
        migrate()
        def undisturbed = picture()
        int words = 0

        when: 'it dies on its way up, and goes on, or is taken back first'
        def wrong = []
        for (int last = 1; ; last += step) {
            house.fresh()
            if (!dies { migrate(new MortalDatabase(house.database(), last)) }) break
            words = last
            boolean known = house.tables() != [] || house.rows("SELECT 1 FROM information_schema.tables WHERE table_name = 'wfumig_schema_history'" +
                    " AND table_schema = '$house.schema'") && house.states() != []
            if (last % 2 == 0 && known && house.states() && !house.states()[0].endsWith('undone')) {
                undo()
                if (house.tables() != []) wrong << [last, house.tables()]
            }
            migrate()
            if (picture() != undisturbed) wrong << [last, picture()]
        }

        then:
        words >= 8
        wrong == []

        when: 'it dies on its way down'
        for (int last = 1; ; last += step) {
            house.fresh()
            migrate()
            if (!dies { undo(new MortalDatabase(house.database(), last)) }) break
            if (!house.states()[0].endsWith('undone')) undo()
            if (house.tables() != []) wrong << [last, house.tables()]
        }

        then:
        wrong == []
        house.states() == ['001 undone']

        where:
        product << PRODUCTS
        // Its catalogue takes longest to read. Every word is for the nightly run.
        step = CrashContract.ALL ? 1 : product == 'PostgreSQL without a transaction' ? 5 : 3
    }

    def 'somewhere in the shipped example, again and again until it is through: #product'() {
        given:
        open(product)
        def example = Description.read(Path.of('dsl-examples/schema', house.postgres ? 'woo-postgres' : 'woo'))
        def migrated = { database, line -> here(database).withCloseable { new Migrator(it, example, null, '', { said -> line << said }).migrate('') } }
        migrated(house.database(), [])
        def undisturbed = here().withCloseable { it.structure().digest() }
        house.fresh()

        when: 'each goes on, says a word more than the one before, and dies'
        int deaths = 0
        while (dies { migrated(new MortalDatabase(house.database(), 9 + deaths), []) }) deaths++

        then:
        deaths >= 5
        house.states() == (1..5).collect { "00$it applied".toString() }
        here().withCloseable { it.structure().digest() } == undisturbed

        where:
        product << ['MariaDB', 'PostgreSQL']
    }

    def 'killed in statement #number: #product'() {
        given:
        open(product)
        def pause = house.postgres ? 'CASE WHEN pg_sleep(%s) IS NULL THEN 0 ELSE 0 END' : 'SLEEP(%s)'
        def script = { int slow -> head(product) + [
                "CREATE TABLE {prefix}talks AS SELECT 1 AS id, ${pause} + 0 AS n;",
                "INSERT INTO {prefix}talks SELECT 2, ${pause};",
                "UPDATE {prefix}talks SET n = n + 1 + ${pause};",
                "CREATE TABLE {prefix}rooms AS SELECT id, ${pause} AS n FROM {prefix}talks;"].withIndex().collect { it, i -> String.format(it.toString(), i + 1 == slow ? '60' : '0') }.join('\n') }
        house.migration('001', 'slow', script(number), down: 'DROP TABLE IF EXISTS {prefix}rooms;\nDROP TABLE IF EXISTS {prefix}talks;')

        when: 'the process is killed while the server is at it'
        def victim = new Victim(house.wfumig, house.words('migrate'))
        def whole = product == 'PostgreSQL'
        def running = house.postgres ? "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()"
                : "SELECT 1 FROM information_schema.processlist WHERE info LIKE '%SLEEP(60)%' AND id <> CONNECTION_ID() AND command = 'Query'"
        while (victim.alive() && !house.rows(running)) sleep(20)
        victim.killedAfter(0)

        then:
        victim.end() == Victim.KILLED

        when: 'somebody goes on, with a script that is quicker from there'
        house.migration('001', 'slow', script(0), down: 'DROP TABLE IF EXISTS {prefix}rooms;\nDROP TABLE IF EXISTS {prefix}talks;')
        int code = house.call('migrate', '--wait', '60')

        then:
        code == 0
        house.rows('SELECT id, n FROM talks ORDER BY id') == [['1', '1'], ['2', '1']]
        house.rows('SELECT count(*) FROM rooms') == [['2']]
        house.states() == ['001 applied']
        whole || house.rows("SELECT count(*) FROM wfumig_schema_statements WHERE state = 'done'") == [['4']]

        where:
        [product, number] << (CrashContract.ALL ? [['MariaDB', 'PostgreSQL', 'PostgreSQL without a transaction'], 1..4].combinations()
                : [['MariaDB', 2], ['PostgreSQL', 3], ['PostgreSQL without a transaction', 4]])
    }

    def 'killed while the server is at each statement of the shipped example: #product'() {
        given:
        open(product)
        def example = Path.of('dsl-examples/schema', house.postgres ? 'woo-postgres' : 'woo').toAbsolutePath()
        def prefix = house.postgres ? [] as String[] : ['--prefix', 'wp_43_'] as String[]
        def mark = house.postgres ? '' : 'wp_43_'
        def told = { ->
            [house.states(mark), house.tables(), house.rows("SELECT slug, label FROM ${mark}tags ORDER BY id"),
             Installation.open(house.database(), new Part(house.schema, mark, example.fileName.toString(), house.postgres), 'a spec').withCloseable { it.structure().digest() }]
        }
        house.callFor(example, 'migrate', prefix)
        def undisturbed = told()
        def wrong = []
        int killed = 0

        when:
        for (int number = first; ; number += step) {
            house.fresh()
            def door = house.wfumig.home.resolve("door-$number")
            def victim = new Victim(house.wfumig, house.wordsFor(example, 'migrate', prefix), [statement: number, closed: door])
            while (victim.alive() && !Files.exists(door)) sleep(10)
            if (!Files.exists(door)) break
            house.halted {
                Files.delete(door)
                def patience = System.nanoTime() + 2_000_000_000
                // On PostgreSQL nobody can lock what only the victim's transaction has made: there it may be through.
                while (!house.somebodyWaits() && System.nanoTime() < patience) sleep(10)
                if (!house.postgres && !house.somebodyWaits()) wrong << [number, 'never sent']
                victim.killedAfter(0)
                if (victim.end() != Victim.KILLED) wrong << [number, victim.said()]
            }
            killed++
            int code = house.callFor(example, 'migrate', *['--wait', '60'], *prefix)
            if (code != 0 || told() != undisturbed) wrong << [number, code, house.err, told()]
        }

        then:
        wrong == []
        undisturbed[0] == (1..5).collect { "00$it applied".toString() }
        killed >= (CrashContract.ALL ? 14 : 1)

        where:
        product << ['MariaDB', 'PostgreSQL'] + (CrashContract.ALL && TestServer.noMysql9().isEmpty() ? ['MySQL'] : [])
        // Each costs a start of Java. Every statement, and MySQL, is for the nightly run.
        first = CrashContract.ALL ? 1 : 9
        step = CrashContract.ALL ? 1 : 90
    }

    def 'a statement that the server refuses leaves what came before it: #product'() {
        given:
        open(product)
        house.migration('001', 'wrong', head(product) + "CREATE TABLE {prefix}talks (id INT PRIMARY KEY);\nINSERT INTO {prefix}talks VALUES (1);\nINSERT INTO {prefix}talks VALUES (1);\nCREATE TABLE {prefix}rooms (id INT);",
                down: 'DROP TABLE IF EXISTS {prefix}rooms;\nDROP TABLE IF EXISTS {prefix}talks;')

        expect:
        house.call('migrate') == 1
        house.err.contains("001_wrong.sql:${3 + head(product).count('\n')}: statement 3 of 4, INSERT INTO talks VALUES (1)")
        house.err.contains(safe)
        house.tables() == left

        when: 'what is in may not be changed, what is behind it may'
        def file = house.folder.resolve('001_wrong.sql')
        def text = Files.readString(file)
        Files.writeString(file, text.replace('id INT PRIMARY KEY', 'id BIGINT PRIMARY KEY'))
        int code = house.call('migrate')

        then:
        code == (left ? 7 : 1)
        left.isEmpty() || house.err.contains('statement 1 of')

        when:
        Files.writeString(file, text.replaceFirst('(?s)(.*)VALUES \\(1\\)', '$1VALUES (2)'))

        then:
        [house.call('migrate'), house.err] == [0, '']
        house.rows('SELECT id FROM talks ORDER BY id') == [['1'], ['2']]
        house.tables() == ['rooms', 'talks']

        where:
        product                            || safe                                     | left
        'MariaDB'                          || '2 of its statements are in, and known' | ['talks']
        'PostgreSQL'                       || 'none of its statements is in'          | []
        'PostgreSQL without a transaction' || '2 of its statements are in, and known' | ['talks']
    }

    def 'of a migration that died, the marked parts of its rollback run whose statements are in'() {
        given:
        open('MariaDB')
        house.sql('CREATE TABLE keep (n INT); INSERT INTO keep VALUES (0)')
        house.migration('001', 'marked', "CREATE TABLE {prefix}talks (id INT PRIMARY KEY);\nUPDATE keep SET n = n + 10;\nUPDATE keep SET n = n + 100;\nCREATE TABLE {prefix}rooms (id INT);",
                down: "-- wfumig: undoes 4\nDROP TABLE {prefix}rooms;\n-- wfumig: undoes 3\nUPDATE keep SET n = n - 100;\n-- wfumig: undoes 2\nUPDATE keep SET n = n - 10;\n-- wfumig: undoes 1\nDROP TABLE {prefix}talks;")

        when:
        boolean died = dies { migrate(new MortalDatabase(house.database(), 'UPDATE keep SET n = n + 100')) }

        then: 'the second is in, the third was not committed'
        died
        house.rows('SELECT n FROM keep') == [['10']]

        when:
        undo()

        then:
        house.rows('SELECT n FROM keep') == [['0']]
        house.tables() == ['keep']
        house.states() == ['001 undone']
    }

    def 'of rows in a table without transactions nobody can know, and a person says it: #word'() {
        given:
        open('MariaDB')
        house.sql('CREATE TABLE old (n INT) ENGINE=MyISAM; INSERT INTO old VALUES (0)')
        house.migration('001', 'old', 'UPDATE old SET n = n + 1;\nCREATE TABLE {prefix}talks (id INT PRIMARY KEY);', down: 'DROP TABLE IF EXISTS {prefix}talks;')
        dies { migrate(new MortalDatabase(house.database(), 'UPDATE old')) }

        expect:
        house.call('migrate') == 6
        house.err.contains('nobody knows whether statement 1 of 001 (up) is in: UPDATE old SET n = n + 1')
        house.err.contains('wfumig schema migrate --judged done')
        house.call('rollback', '001', '--yes') == 6
        house.err.contains('wfumig schema rollback 001 --judged done')
        house.call('migrate', '--judged', 'perhaps') == 2
        house.call('migrate', '--judged', word) == 0
        house.rows('SELECT n FROM old') == [[n]]
        house.tables() == ['old', 'talks']

        where:
        word    || n
        'done'  || '1'
        'again' || '2'
    }

    def 'what others make between a death and its end is never dropped: #product'() {
        given:
        open(product)
        house.migration('001', 'talks', head(product) + 'CREATE TABLE {prefix}talks (id INT PRIMARY KEY);\nCREATE TABLE {prefix}rooms (id INT PRIMARY KEY);',
                down: 'DROP TABLE IF EXISTS {prefix}rooms;\nDROP TABLE IF EXISTS {prefix}talks;')
        def doomed = { -> here().withCloseable { Clearance.doomed(it)*.name() } }
        boolean died = dies { migrate(new MortalDatabase(house.database(), 'CREATE TABLE rooms')) }
        house.sql('CREATE TABLE strangers (id INT PRIMARY KEY)')

        expect:
        died
        doomed() == left

        when:
        migrate()
        def row = here().withCloseable { it.history().find('001').get() }

        then:
        row.touched() == ['rooms', 'talks'] as Set
        row.before().names() == (left ? [] : ['strangers']) as Set
        doomed() == ['rooms', 'talks']

        when:
        here().withCloseable { Clearance.dropAll(it) }

        then:
        house.tables() == ['strangers']

        where:
        product                            || left
        'MariaDB'                          || ['rooms', 'talks']
        'PostgreSQL'                       || []
        'PostgreSQL without a transaction' || ['rooms', 'talks']
    }

    def 'of a transaction that left nothing, nothing is taken back, whenever that dies too'() {
        given:
        open('PostgreSQL')
        house.migration('001', 'talks', 'CREATE TABLE {prefix}talks (id INT);\nCREATE TABLE {prefix}rooms (id INT);', down: 'DROP TABLE {prefix}rooms;\nDROP TABLE {prefix}talks;')
        def states = []

        when:
        for (int last = 1; ; last++) {
            house.fresh()
            dies { migrate(new MortalDatabase(house.database(), 'CREATE TABLE rooms')) }
            boolean died = dies { undo(new MortalDatabase(house.database(), last)) }
            if (died && house.states() == ['001 running']) undo()
            states << house.states()
            if (!died) break
        }

        then:
        states.size() >= 3
        states.every { it == ['001 undone'] }
    }

    def 'of tables that change places at once nobody knows, because they are alike before and after'() {
        given:
        open('MariaDB')
        house.sql('CREATE TABLE old (n INT); INSERT INTO old VALUES (1); CREATE TABLE young (n INT); INSERT INTO young VALUES (2)')
        house.migration('001', 'places', 'RENAME TABLE old TO aside, young TO old, aside TO young;')
        dies { migrate(new MortalDatabase(house.database(), 'RENAME TABLE')) }

        expect:
        house.call('migrate') == 6
        house.err.contains('nobody knows whether statement 1 of 001 (up) is in: RENAME TABLE')
        house.call('migrate', '--judged', 'done') == 0
        house.rows('SELECT n FROM old') == [['2']]

        when: 'the server refuses one, and says itself that nothing of it is in'
        house.migration('002', 'again', 'RENAME TABLE old TO aside, nobody TO old;')

        then:
        house.call('migrate') == 1
        house.err.contains('none of its statements is in')
        house.states() == ['001 applied', '002 undone']
    }

    def 'a definition is not taken for done because somebody else was at work meanwhile'() {
        given:
        open('MariaDB')
        house.migration('001', 'talks', 'CREATE TABLE {prefix}talks (id INT PRIMARY KEY);\nCREATE TABLE {prefix}rooms (id INT PRIMARY KEY);')
        boolean died = dies { migrate(new MortalDatabase(house.database(), 'INSERT INTO wfumig_schema_statements')) }

        when: 'it died before its first statement, and a plugin was installed'
        house.sql('CREATE TABLE plugin (id INT PRIMARY KEY)')

        then:
        died
        house.call('migrate') == 6
        house.err.contains('nobody knows whether statement 1 of 001 (up) is in')
        house.call('migrate', '--judged', 'again') == 0
        house.tables() == ['plugin', 'rooms', 'talks']

        when: 'it died behind a statement, and there is another plugin'
        house.migration('002', 'more', 'CREATE TABLE {prefix}people (id INT PRIMARY KEY);')
        dies { migrate(new MortalDatabase(house.database(), 'CREATE TABLE people')) }
        house.sql('DROP TABLE plugin')

        then:
        house.call('migrate') == 0
        house.tables() == ['people', 'rooms', 'talks']
    }

    def 'an index made beside writers that failed leaves nothing, and is made once the rows are right'() {
        given:
        open('PostgreSQL')
        def text = "-- wfumig: no transaction\nCREATE TABLE {prefix}talks (id INT);\nINSERT INTO {prefix}talks VALUES (1), (1);\nCREATE UNIQUE INDEX CONCURRENTLY {prefix}by_id ON {prefix}talks (id);"
        house.migration('001', 'index', text, down: 'DROP TABLE IF EXISTS {prefix}talks;')

        expect:
        house.call('migrate') == 1
        house.rows("SELECT count(*) FROM pg_class WHERE relname = 'by_id'") == [['0']]

        when:
        house.migration('001', 'index', text.replace('CREATE UNIQUE', 'DELETE FROM {prefix}talks;\nCREATE UNIQUE'), down: 'DROP TABLE IF EXISTS {prefix}talks;')

        then:
        house.call('migrate') == 0
        house.rows("SELECT indisvalid FROM pg_index WHERE indexrelid = 'by_id'::regclass") == [['t']]

        when: 'the word to run outside of a transaction is missing'
        house.migration('002', 'more', 'CREATE INDEX CONCURRENTLY again ON {prefix}talks (id);')

        then:
        house.call('migrate') == 2
        house.err.contains("002_more.sql:1: a migration cannot hold what PostgreSQL runs outside of transactions alone")
        house.err.contains('-- wfumig: no transaction')
    }
}
