package edu.wfu.wfumig.schema

import com.fasterxml.jackson.databind.ObjectMapper
import edu.wfu.wfumig.cli.Main
import edu.wfu.wfumig.lock.Owner
import edu.wfu.wfumig.lock.TargetLock
import edu.wfu.wfumig.support.SchemaHouse
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.Callable
import java.util.concurrent.Executors
import java.util.function.Supplier
import spock.lang.Shared
import spock.lang.Specification

/** What migrations must hold on every product. */
abstract class SchemaContract extends Specification {
    @Shared SchemaHouse house

    abstract SchemaHouse open()

    def setup() {
        house = open()
        house.migration('001', 'first', 'CREATE TABLE {prefix}talks (id INT PRIMARY KEY, title VARCHAR(40) NOT NULL);\nINSERT INTO {prefix}talks VALUES (1, \'one\');\n', down: 'DROP TABLE IF EXISTS {prefix}talks;')
        house.migration('002', 'second', 'ALTER TABLE {prefix}talks ADD COLUMN rating INT;\nCREATE VIEW {prefix}open_talks AS SELECT id, title FROM {prefix}talks;\n',
                needs: ['001'], down: 'DROP VIEW IF EXISTS {prefix}open_talks;\nALTER TABLE {prefix}talks DROP COLUMN rating;')
    }

    def cleanup() { house.drop() }

    protected void change(String file, String from, String to) {
        def path = house.folder.resolve(file)
        Files.writeString(path, Files.readString(path).replace(from, to))
    }

    def 'migrations are applied once, in order, and the history says when, by whom and how long'() {
        expect:
        house.call('status') == 0
        house.out.readLines()[1..2]*.trim() == ['001 first                      pending', '002 second                     pending']
        house.tables().isEmpty()
        house.call('migrate') == 0
        house.tables() == ['open_talks', 'talks']
        house.states() == ['001 applied', '002 applied']
        house.rows('SELECT * FROM talks') == [['1', 'one', null]]

        when:
        def row = house.rows('SELECT checksum, applied_by, duration_ms, applied_at FROM wfumig_schema_history ORDER BY id')[0]

        then:
        row[0] == Checksum.of(Files.readString(house.folder.resolve('001_first.sql')))
        row[1] ==~ /.+@.+, wfumig .+/
        row[2] as long >= 0
        row[3] != null
        house.call('migrate') == 0
        house.out.contains('has all migrations already')
        house.rows('SELECT count(*) FROM talks') == [['1']]

        when:
        house.call('status', '--json')
        def told = new ObjectMapper().readValue(house.out, List)

        then:
        told[0].environment == 'here'
        told[0].migrations*.state == ['applied', 'applied']
        told[0].migrations[1].rollback
    }

    def 'the last one is taken back and applied again; others are refused; a reset takes back what comes behind'() {
        given:
        house.migration('003', 'third', 'CREATE TABLE {prefix}rooms (id INT PRIMARY KEY);', down: 'DROP TABLE IF EXISTS {prefix}rooms;')

        expect:
        house.call('migrate', '--to', '002') == 0
        house.states() == ['001 applied', '002 applied']
        house.call('migrate') == 0
        house.call('rollback', '002', '--yes') == 6
        house.err.contains('002 cannot be taken back alone: 003 came after it')
        house.err.contains('wfumig schema reset --to 001 takes it back too')
        ['', '0', '01', '0000', '004'].every { house.call('reset', '--to', it, '--yes') == 2 && house.err.contains("'$it' is not described") }
        house.states() == ['001 applied', '002 applied', '003 applied']
        house.call('rollback', '003', '--yes') == 0
        house.tables() == ['open_talks', 'talks']
        house.call('migrate') == 0
        house.call('reset', '--to', '001', '--yes') == 0
        house.tables() == ['talks']
        house.rows('SELECT * FROM talks') == [['1', 'one']]
        house.states() == ['001 applied', '002 undone', '003 undone']
        house.call('rollback', '002', '--yes') == 6
        house.err.contains('002 is not in')
        house.call('migrate') == 0
        house.states() == ['001 applied', '002 applied', '003 applied']
        house.call('reset', '--to', '000', '--yes') == 0
        house.tables() == []
    }

    def 'a file that was changed after it was applied is refused, shown, and accepted on purpose'() {
        given:
        house.call('migrate')
        change('001_first.sql', 'VARCHAR(40)', 'VARCHAR(80)')

        expect:
        house.call('migrate') == 7
        house.err.contains('001 first was changed after it was applied')
        house.call('verify') == 7
        house.out.contains('- 1: CREATE TABLE {prefix}talks (id INT PRIMARY KEY, title VARCHAR(40) NOT NULL);')
        house.out.contains('+ 1: CREATE TABLE {prefix}talks (id INT PRIMARY KEY, title VARCHAR(80) NOT NULL);')
        house.call('accept', '001') == 0
        house.call('migrate') == 0
        house.call('accept', '001') == 6

        when: 'the ends of its lines alone'
        change('001_first.sql', '\n', '\r\n')

        then:
        house.call('migrate') == 0
    }

    def 'what does not stand in order is refused at once, and nothing runs'() {
        given:
        house.call('migrate')
        house.sql("UPDATE wfumig_schema_history SET state = 'undone' WHERE id = '001'")
        house.migration('003', 'third', 'CREATE TABLE {prefix}rooms (id INT);')

        expect:
        house.call('migrate') == 6
        house.err.contains('001 first is not in, and 002 behind it is')
        house.err.contains("'dependencies' of 002: 001 is not applied, and 002 is")
        house.tables() == ['open_talks', 'talks']

        when:
        house.sql("UPDATE wfumig_schema_history SET state = 'applied' WHERE id = '001'")
        house.forget('003')
        house.forget('002')

        then:
        house.call('migrate') == 6
        house.err.contains('002 second is applied here, and not described')
    }

    def 'what a script may not hold is refused with its line before anything runs'() {
        given:
        house.migration('003', 'third', "CREATE TABLE {prefix}rooms (id INT);\n\nCOMMIT;\nINSERT INTO {prefx}rooms VALUES (1);\n")

        expect:
        house.call('migrate') == 2
        house.err.contains('003_third.sql:3: a migration cannot hold COMMIT')
        house.err.contains('003_third.sql:4: {prefx} is no placeholder')
        house.tables().isEmpty()
    }

    def 'what somebody changed by hand is found, and what no migration made is nobody\'s business'() {
        given:
        house.call('migrate')
        house.sql('CREATE TABLE strangers (id INT PRIMARY KEY)')

        expect:
        house.call('verify') == 0
        house.out.contains('is what its migrations say')
        house.scratches().isEmpty()

        when:
        house.sql('DROP VIEW open_talks')
        house.sql('ALTER TABLE talks ADD COLUMN extra INT')
        house.sql('CREATE INDEX by_title ON talks (title)')

        then:
        house.call('verify') == 7
        house.out.readLines().size() == 3
        house.out.contains('open_talks: missing')
        house.out.contains('talks.extra: not expected')
        house.out.contains('by_title: not expected')
        house.scratches().isEmpty()
        house.call('verify', '--json') == 7
        new ObjectMapper().readValue(house.out, List)[0].drift*.difference.sort() == ['extra', 'extra', 'missing']
    }

    def 'of a table that was there before, what migrations changed of it is held against them, and nothing else'() {
        given:
        house.sql('CREATE TABLE strangers (id INT PRIMARY KEY, note VARCHAR(20), old INT)')
        house.migration('003', 'third', 'ALTER TABLE strangers ADD COLUMN talk INT;\nALTER TABLE strangers ADD COLUMN score INT NOT NULL DEFAULT 3;\nALTER TABLE strangers DROP COLUMN old;\n' +
                'CREATE INDEX by_talk ON strangers (talk);\nCREATE VIEW {prefix}strange AS SELECT talk FROM strangers;',
                down: "DROP VIEW IF EXISTS {prefix}strange;\nDROP INDEX by_talk${house.postgres ? '' : ' ON strangers'};\nALTER TABLE strangers DROP COLUMN score;\nALTER TABLE strangers DROP COLUMN talk;\nALTER TABLE strangers ADD COLUMN old INT;")
        house.call('migrate')

        expect:
        [house.call('verify'), house.out, house.err] == [0, house.out, '']

        when: 'somebody else has the table for its own'
        house.sql('ALTER TABLE strangers ADD COLUMN theirs INT')
        house.sql('CREATE INDEX by_theirs ON strangers (theirs)')

        then:
        house.call('verify') == 0

        when: 'somebody changes what is the migrations\' own'
        house.sql(house.postgres ? 'DROP INDEX by_talk; ALTER TABLE strangers ALTER score TYPE bigint' : 'ALTER TABLE strangers DROP INDEX by_talk, MODIFY score BIGINT NOT NULL DEFAULT 3')
        house.sql('ALTER TABLE strangers ADD COLUMN old INT')

        then:
        house.call('verify') == 7
        house.out.contains('by_talk: missing')
        house.out.contains('strangers.score: bigint')
        house.out.contains('strangers.old: not expected')
        house.out.readLines().size() == 3
        house.scratches().isEmpty()
    }

    def 'a rehearsal goes up, down and up again beside the live schema, and finds a way down that leaves something'() {
        expect:
        house.call('rehearse') == 0
        house.out.readLines() == ['001 first: up, down and up again', '002 second: up, down and up again']
        house.tables().isEmpty()
        house.scratches().isEmpty()

        when:
        change('002_second.down.sql', 'ALTER TABLE {prefix}talks DROP COLUMN rating', 'SELECT 1')

        then:
        house.call('rehearse') == 7
        house.err.contains('talks.rating: not expected')
        house.scratches().isEmpty()

        when: 'rows that a way down forgets'
        change('002_second.down.sql', 'SELECT 1', "ALTER TABLE {prefix}talks DROP COLUMN rating;\nUPDATE {prefix}talks SET title = 'other'")

        then:
        house.call('rehearse') == 7
        house.err.contains('table talks: 1 rows, expected 1, and what is in them differs')
        house.scratches().isEmpty()
    }

    def 'a script that names the live schema, up or down, is tried nowhere'() {
        given:
        change('002_second.down.sql', '{prefix}open_talks', house.schema.toUpperCase() + '.{prefix}open_talks')

        expect:
        house.call('rehearse') == 2
        house.err.contains("002_second.down.sql:1: the live schema ${house.schema} is named here")

        when:
        house.migration('003', 'third', "CREATE TABLE ${house.schema}.{prefix}rooms (id INT PRIMARY KEY);\nDROP TABLE ${house.schema}.{prefix}rooms;")
        house.call('migrate')

        then:
        house.call('verify') == 2
        house.err.contains("003 third:1: the live schema ${house.schema} is named here")
        house.tables() == ['open_talks', 'talks']
        house.scratches().isEmpty()
    }

    def 'a script that reaches beyond its schema is tried nowhere: #statement'() {
        given:
        house.migration('003', 'third', "SELECT 1;\n$statement;")

        expect:
        house.call('rehearse') == 2
        house.err.contains('003_third.sql:2: ' + told)
        house.scratches().isEmpty()

        where:
        statement                                        || told
        'INSERT INTO elsewhere.log VALUES (1)'           || 'another schema is written here'
        'update "elsewhere" . log SET n = 1'             || 'another schema is written here'
        'DROP TABLE IF EXISTS elsewhere.log'             || 'another schema is written here'
        'DROP ROLE somebody'                             || 'this is not of a schema alone'
    }

    def 'a rollback whose script leaves something is dirty until somebody says that it is right'() {
        given:
        house.call('migrate')
        change('002_second.down.sql', 'ALTER TABLE {prefix}talks DROP COLUMN rating', 'SELECT 1')

        expect:
        house.call('rollback', '002', '--yes') == 7
        house.err.contains('talks.rating: not expected')
        house.states() == ['001 applied', '002 dirty']
        house.call('migrate') == 6
        house.err.contains('left something else than there was before')

        when:
        house.sql('ALTER TABLE talks DROP COLUMN rating')

        then:
        house.call('accept', '002') == 0
        house.call('migrate') == 0
    }

    def 'a migration without a way back comes from the dump that was taken before it, if writes may be lost'() {
        given:
        house.call('migrate')
        house.migration('003', 'third', "UPDATE {prefix}talks SET title = 'gone';\nDROP VIEW {prefix}open_talks;\nALTER TABLE {prefix}talks DROP COLUMN rating;\nCREATE TABLE {prefix}rooms (id INT PRIMARY KEY);", backup: true)
        house.call('migrate')
        house.sql("INSERT INTO talks VALUES (2, 'two')")

        expect:
        house.rows("SELECT backup FROM wfumig_schema_history WHERE id = '003'")[0][0].endsWith('backup.sql.zst')
        house.call('rollback', '003', '--yes') == 6
        house.err.contains('what was written since would be lost')
        house.tables() == ['rooms', 'talks']
        house.call('rollback', '003', '--yes', '--discard-writes') == 0
        house.tables() == ['open_talks', 'talks']
        house.rows('SELECT * FROM talks') == [['1', 'one', null]]
        house.rows('SELECT * FROM open_talks') == [['1', 'one']]
        house.states() == ['001 applied', '002 applied', '003 undone']
    }

    def 'a dump goes to the archive of the plan too, and comes back from there'() {
        given:
        def archive = house.wfumig.home.resolve('archive')
        house.describe('', "archive { directory '$archive' }")
        house.call('migrate')
        house.migration('003', 'third', 'DELETE FROM {prefix}talks;', backup: true)
        house.call('migrate')
        def dump = Path.of(house.rows("SELECT backup FROM wfumig_schema_history WHERE id = '003'")[0][0])
        house.sql('CREATE TABLE strangers (id INT PRIMARY KEY)')
        Files.list(dump.parent).withCloseable { it.toList() }.each { Files.delete(it) }

        expect:
        house.rows('SELECT * FROM talks') == []
        house.call('rollback', '003', '--yes', '--discard-writes') == 0
        house.rows('SELECT * FROM talks') == [['1', 'one', null]]
        house.tables() == ['open_talks', 'strangers', 'talks']
    }

    def 'the shipped example keeps every promise'() {
        given:
        def example = Path.of('dsl-examples/schema', house.postgres ? 'woo-postgres' : 'woo').toAbsolutePath()
        def prefix = ['--prefix', 'wp_43_'] as String[]

        expect:
        house.callFor(example, 'rehearse', prefix) == 0
        house.out.readLines().size() == 5
        house.out.readLines().every { it.endsWith(': up, down and up again') }
        house.tables().isEmpty()
        house.scratches().isEmpty()
        house.callFor(example, 'migrate', prefix) == 0
        house.tables().size() >= 8
        house.callFor(example, 'verify', prefix) == 0
        house.callFor(example, 'status', '--json', *prefix) == 0
        new ObjectMapper().readValue(house.out, List)[0].migrations*.state == ['applied'] * 5
        house.callFor(example, 'rollback', '005', '--yes', *prefix) == 0
        house.callFor(example, 'reset', '--to', '001', '--yes', *prefix) == 0
        house.callFor(example, 'migrate', prefix) == 0
        house.callFor(example, 'reset', '--drop-all', '--yes', '--confirm', 'here', *prefix) == 0
        house.tables().isEmpty()
        house.rows(house.postgres ? "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
                : "SELECT routine_name FROM information_schema.routines WHERE routine_schema = '$house.schema'").isEmpty()
    }

    def 'dropping all asks twice, never touches a protected environment, and leaves what was there before'() {
        given:
        house.sql('CREATE TABLE strangers (id INT PRIMARY KEY)')
        house.migration('003', 'third', "INSERT INTO {prefix}talks VALUES (2, 'two', 0);\n-- not for latecomers\n")
        house.call('migrate')

        expect:
        house.call('reset', '--drop-all', '--yes') == 2
        house.call('reset', '--drop-all', '--confirm', 'here') == 2
        house.tables() == ['open_talks', 'strangers', 'talks']

        when:
        house.describe('protect { confirm() }')

        then:
        house.call('reset', '--drop-all', '--yes', '--confirm', 'here') == 2
        house.err.contains("'here' is protected: this is never done to it")
        house.call('migrate') == 2
        house.call('migrate', '--confirm', 'here') == 0

        when:
        house.describe('')
        house.sql('CREATE TABLE latecomers (id INT PRIMARY KEY)')
        house.wfumig.terminal.answers = ['yes', 'there']

        then:
        house.call('reset', '--drop-all') == 2
        house.tables() == ['latecomers', 'open_talks', 'strangers', 'talks']

        when:
        house.wfumig.terminal.answers = ['yes', 'here']

        then:
        house.call('reset', '--drop-all') == 0
        house.tables() == ['latecomers', 'strangers']
        house.call('status') == 0
        house.out.count('pending') == 3

        cleanup:
        house.wfumig.terminal.answers = null
    }

    def 'dropping all leaves what others made between two migrations, and what needs each other goes in any order'() {
        given:
        house.call('migrate')
        house.sql("CREATE TABLE plugin (id INT PRIMARY KEY); INSERT INTO plugin VALUES (7)")
        house.migration('003', 'third', 'ALTER TABLE plugin ADD COLUMN talk INT;\nCREATE VIEW {prefix}zz AS SELECT id FROM {prefix}talks;\nCREATE VIEW {prefix}aa AS SELECT id FROM {prefix}zz;' +
                (house.postgres ? "\nCREATE FUNCTION {prefix}all_talks() RETURNS SETOF {prefix}talks LANGUAGE sql AS \$\$ SELECT * FROM {prefix}talks \$\$;" : ''))
        house.call('migrate')

        expect:
        house.tables().containsAll(['aa', 'zz', 'plugin'])
        house.call('reset', '--drop-all', '--yes', '--confirm', 'here') == 0
        house.tables() == ['plugin']
        house.rows('SELECT id FROM plugin') == [['7']]
    }

    def 'dropping all takes what would break tables that stay, and nothing else of them'() {
        given: 'somebody\'s table, with a trigger of its own'
        house.sql('CREATE TABLE strangers (id INT PRIMARY KEY, talk INT)')
        def trigger = { String name, String into -> house.postgres
                ? "CREATE FUNCTION ${name}_body() RETURNS trigger LANGUAGE plpgsql AS \$\$ BEGIN INSERT INTO $into VALUES (NEW.id); RETURN NEW; END \$\$;\nCREATE TRIGGER $name AFTER INSERT ON strangers FOR EACH ROW EXECUTE FUNCTION ${name}_body();"
                : "CREATE TRIGGER $name AFTER INSERT ON strangers FOR EACH ROW INSERT INTO $into VALUES (NEW.id);" }
        house.sql('CREATE TABLE diary (id INT PRIMARY KEY)')
        house.sql(trigger('own_diary', 'diary'))
        house.migration('003', 'third', 'CREATE TABLE {prefix}seen (id INT PRIMARY KEY);\n' + trigger('note_seen', '{prefix}seen') +
                '\nALTER TABLE strangers ADD CONSTRAINT to_talk FOREIGN KEY (talk) REFERENCES {prefix}talks (id);')
        house.call('migrate')
        house.sql('INSERT INTO strangers VALUES (1, 1)')

        expect:
        house.rows('SELECT count(*) FROM seen') == [['1']]
        house.call('reset', '--drop-all', '--yes', '--confirm', 'here') == 0
        house.out.contains('trigger strangers.note_seen')
        house.out.contains('foreign key strangers.to_talk')
        house.tables() == ['diary', 'strangers']

        when: 'it is written again'
        house.sql('INSERT INTO strangers VALUES (2, 77)')

        then:
        house.rows('SELECT id FROM diary ORDER BY id') == [['1'], ['2']]
    }

    def 'each prefix has a history of its own'() {
        expect:
        house.call('migrate', '--prefix', 'a_') == 0
        house.tables() == ['a_open_talks', 'a_talks']
        house.call('migrate', '--prefix', 'b_', '--to', '001') == 0
        house.states('a_') == ['001 applied', '002 applied']
        house.states('b_') == ['001 applied']
        house.call('verify', '--prefix', 'a_') == 0
        house.call('reset', '--drop-all', '--prefix', 'a_', '--yes', '--confirm', 'here') == 0
        house.tables() == ['b_talks']
    }

    def 'a history goes with tables that come, once, and the one that was there comes back'() {
        given:
        house.call('migrate', '--prefix', 'a_', '--to', '001')
        house.call('migrate', '--prefix', 'b_')
        def before = house.rows("SELECT * FROM wfumig_schema_history WHERE prefix = 'b_' ORDER BY id")
        def to = new Part(house.schema, 'b_', '', house.postgres)
        def database = house.database()
        // What stands under a_ comes as if it had stood under b_ elsewhere.
        def came = { session -> { ->
            def read = Histories.of(to, ['a_'], session.&rows)
            new Histories(*[read.migrations(), read.statements()].collect { rows -> rows.collect { ['b_'] + it.tail() } })
        } as Supplier }
        def moving = { String run, Closure work -> database.session(house.schema).withCloseable { work(new HistoryMove(it, to, run), it) } }

        when: 'none of its tables came'
        moving('run-1') { move, session -> move.follow(came(session), ['b_rooms']) }

        then:
        house.states('b_') == ['001 applied', '002 applied']

        when:
        2.times { moving('run-2') { move, session -> move.follow(came(session), ['b_talks']) } }

        then:
        house.states('b_') == ['001 applied']
        house.states('a_') == ['001 applied']
        house.rows("SELECT checksum, applied_by, structure_before FROM wfumig_schema_history WHERE prefix = 'b_'") ==
                house.rows("SELECT checksum, applied_by, structure_before FROM wfumig_schema_history WHERE prefix = 'a_'")

        when:
        2.times { moving('run-2') { move, session -> move.giveBack(['b_talks']) } }

        then:
        house.rows("SELECT * FROM wfumig_schema_history WHERE prefix = 'b_' ORDER BY id") == before
        house.call('verify', '--prefix', 'b_') == 0
    }

    def 'a history that stays is put aside as well, and comes back when migrations have changed what was brought'() {
        given: 'no side knows of any migration; those behind the sites alter what came'
        house.sql('CREATE TABLE b_posts (id INT PRIMARY KEY)')
        house.migration('001', 'first', 'ALTER TABLE {prefix}posts ADD COLUMN rating INT;', down: 'ALTER TABLE {prefix}posts DROP COLUMN rating;')
        house.migration('002', 'second', 'CREATE TABLE {prefix}talks (id INT PRIMARY KEY);', needs: ['001'], down: 'DROP TABLE IF EXISTS {prefix}talks;')
        def to = new Part(house.schema, 'b_', '', house.postgres)
        def moving = { Closure work -> house.database().session(house.schema).withCloseable { work(new HistoryMove(it, to, 'run-1')) } }

        when:
        moving { it.follow({ -> Histories.NONE } as Supplier, ['b_posts']) }
        house.call('migrate', '--prefix', 'b_')
        moving { it.follow({ -> Histories.NONE } as Supplier, ['b_posts']) }

        then: 'a repeat forgets nothing of what was applied since'
        house.states('b_') == ['001 applied', '002 applied']
        house.call('migrate', '--prefix', 'b_') == 0

        when: 'the tables go back'
        house.sql('DROP TABLE b_posts; CREATE TABLE b_posts (id INT PRIMARY KEY)')
        moving { it.giveBack(['b_posts']) }

        then:
        house.states('b_') == []
        house.rows("SELECT count(*) FROM wfumig_schema_history") == [['0']]
    }

    def 'a migration that was begun without a transaction is gone on with so, whatever its script says by now'() {
        given:
        house.migration('003', 'third', '-- wfumig: no transaction\nCREATE TABLE {prefix}rooms (id INT PRIMARY KEY);\nINSERT INTO {prefix}rooms VALUES (1);\nINSERT INTO {prefix}nowhere VALUES (1);')

        expect:
        house.call('migrate') == 1
        house.err.contains('2 of its statements are in')

        when:
        house.migration('003', 'third', 'CREATE TABLE {prefix}rooms (id INT PRIMARY KEY);\nINSERT INTO {prefix}rooms VALUES (1);\nINSERT INTO {prefix}rooms VALUES (2);')

        then:
        [house.call('migrate'), house.err] == [0, '']
        house.rows('SELECT id FROM rooms ORDER BY id') == [['1'], ['2']]
        house.states() == ['001 applied', '002 applied', '003 applied']
    }

    def 'of twenty contenders each migration is applied once, and all of them end well'() {
        given:
        house.migration('003', 'third', "INSERT INTO {prefix}talks SELECT max(id) + 1, 'more', 0 FROM {prefix}talks;")
        house.call('status')
        def contenders = Executors.newFixedThreadPool(20)

        when:
        def codes = contenders.invokeAll((1..20).collect {
            { ->
                def out = new StringWriter()
                Main.run((house.words('migrate', '--wait', '120') + ['--state-dir', house.wfumig.state.toString()]) as String[],
                        house.wfumig.environment, house.wfumig.terminal, new PrintWriter(out, true), new PrintWriter(out, true))
            } as Callable<Integer>
        })*.get()

        then:
        codes == [0] * 20
        house.rows('SELECT count(*) FROM talks') == [['2']]
        house.states() == ['001 applied', '002 applied', '003 applied']

        cleanup:
        contenders.shutdown()
    }

    def 'who loses the lock behind the last migration is told so in words of migrations'() {
        given: 'somebody ends its connection as soon as all is in'
        def said = new StringWriter()
        def out = new PrintWriter(said, true) {
            @Override
            void println(String line) {
                super.println(line)
                if (!line.startsWith('002 second is applied')) return
                def connection = house.rows('SELECT connection FROM wfumig_lock')[0][0]
                house.sql(house.postgres ? "DO 'BEGIN PERFORM pg_terminate_backend($connection); END'" : "KILL CONNECTION $connection")
            }
        }

        when:
        int code = Main.run((house.words('migrate') + ['--state-dir', house.wfumig.state.toString()]) as String[],
                house.wfumig.environment, house.wfumig.terminal, out, out)

        then:
        code == 5
        said.toString().contains('has lost its lock')
        said.toString().contains('wfumig schema status')
        !said.toString().contains('scope')
        !said.toString().contains('resume')
        house.states() == ['001 applied', '002 applied']
    }

    def 'who lives keeps the lock, and unlock says who it is'() {
        given:
        def database = house.database()
        def lock = TargetLock.take(database, database.catalogue().withCloseable { it.facts().identity() }, house.schema,
                new Owner('schema migrate', 'host7', 7), TargetLock.LEASE)

        expect:
        house.call('migrate') == 5
        house.err.contains('schema migrate on host7, process 7')
        house.call('unlock') == 5
        house.tables().isEmpty()
        house.call('unlock', '--force') == 0
        house.call('migrate') == 0

        cleanup:
        lock?.close()
    }
}
