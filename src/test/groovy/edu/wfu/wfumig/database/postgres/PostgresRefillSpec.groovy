package edu.wfu.wfumig.database.postgres

import edu.wfu.wfumig.Refusal
import edu.wfu.wfumig.database.Definition
import edu.wfu.wfumig.database.Exchange
import edu.wfu.wfumig.database.SchemaEditor.Move
import edu.wfu.wfumig.database.SchemaEditor.TableName
import edu.wfu.wfumig.database.Swapper.Company
import edu.wfu.wfumig.support.TestPostgres
import com.fasterxml.jackson.databind.ObjectMapper
import java.time.Duration
import spock.lang.Specification

/** Tables stay in place and get other rows. */
class PostgresRefillSpec extends Specification {
    static final ATTEMPTS = new PostgresAttempts(Duration.ofMillis(100), 2, Duration.ofMillis(20))

    /** Each table refers to the other, and what a swap would break hangs on them. */
    static final WORLD = '''
        CREATE SCHEMA staging;
        CREATE TABLE people (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text, boss int REFERENCES people, team int, shout text GENERATED ALWAYS AS (upper(name)) STORED, mine text DEFAULT 'own');
        CREATE TABLE teams (id serial PRIMARY KEY, lead int REFERENCES people);
        ALTER TABLE people ADD CONSTRAINT in_team FOREIGN KEY (team) REFERENCES teams DEFERRABLE;
        CREATE TABLE badges (person int REFERENCES people ON DELETE CASCADE);
        CREATE TABLE log (line text);
        CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN INSERT INTO public.log VALUES (TG_NAME); RETURN NULL; END$$;
        CREATE TRIGGER telling AFTER INSERT OR UPDATE ON people FOR EACH ROW EXECUTE FUNCTION tell();
        CREATE TRIGGER asleep AFTER INSERT ON people FOR EACH ROW EXECUTE FUNCTION tell();
        CREATE TRIGGER always AFTER TRUNCATE ON people EXECUTE FUNCTION tell();
        ALTER TABLE people DISABLE TRIGGER asleep; ALTER TABLE people ENABLE ALWAYS TRIGGER always;
        INSERT INTO teams VALUES (1, NULL), (2, NULL); SELECT setval('teams_id_seq', 2);
        INSERT INTO people (name, boss, team) VALUES ('old 1', 1, 1), ('old 2', 1, 2), ('old 3', NULL, NULL); UPDATE teams SET lead = 1; INSERT INTO badges VALUES (1), (3); TRUNCATE log;
        UPDATE people SET mine = 'kept'; TRUNCATE log;
        CREATE FUNCTION every() RETURNS SETOF people LANGUAGE sql AS 'SELECT * FROM public.people';
        CREATE PUBLICATION live FOR TABLE people; ALTER TABLE teams ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON teams USING (true);
        CREATE VIEW named AS SELECT name FROM people;
        CREATE TABLE staging.people (team int, id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text, boss int, shout text GENERATED ALWAYS AS (upper(name)) STORED);
        CREATE TABLE staging.teams (id serial PRIMARY KEY, lead int); CREATE TABLE staging.added (id int PRIMARY KEY);
        INSERT INTO staging.teams SELECT i, 1 FROM generate_series(1, 5) i; SELECT setval('staging.teams_id_seq', 70);
        INSERT INTO staging.people (id, name, boss, team) OVERRIDING SYSTEM VALUE SELECT i, 'new ' || i, 6 - i, i FROM generate_series(1, 5) i; INSERT INTO staging.added VALUES (1)'''

    Postgres db = new Postgres(TestPostgres.newer(), 'refill', WORLD)

    def cleanup() {
        db.server.drop('refill')
    }

    private <T> T refiller(Closure<T> work) {
        new PostgresRefiller(db.open(), PostgresFence.NONE, ATTEMPTS).withCloseable(work)
    }

    private Exchange plan(List<Definition> views = []) {
        def at = { String schema, String table -> new TableName(schema, table) }
        def out = ['people', 'teams'].collect { new Move(at('public', it), at('kept', it)) }
        def into = ['people', 'teams', 'added'].collect { new Move(at('staging', it), at('public', it)) }
        def json = new ObjectMapper()
        json.readValue(json.writeValueAsString(refiller { it.plan(out, into, new Company(views, [], [], { false })) }), Exchange)
    }

    private List<List<String>> rows() {
        ['SELECT * FROM people ORDER BY id', 'SELECT * FROM teams ORDER BY id', 'SELECT * FROM badges', 'SELECT * FROM log', 'SELECT last_value + is_called::int FROM people_id_seq',
         "SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1", "SELECT oid::regclass, relowner, relacl FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY oid::regclass::text",
         "SELECT conname, conrelid::regclass, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' ORDER BY 1, 2"].collectMany { db.rows(it) + [[it]] }
    }

    def 'the rows are exchanged in place, sequences with them, and triggers do not fire; the way back gives the old rows'() {
        given:
        def before = rows()
        def exchange = plan()

        when:
        refiller { it.move(exchange); it.move(exchange) }

        then:
        db.rows('SELECT id, name, boss, team, shout, mine FROM people ORDER BY id')[0] == ['1', 'new 1', '5', '1', 'NEW 1', 'own']
        db.value('SELECT count(*) FROM every()') == '5'
        db.value('SELECT count(*) FROM named') == '5'
        db.value('SELECT count(*) FROM teams') == '5'
        db.value('SELECT id FROM added') == '1'
        db.value('SELECT count(*) FROM badges') == '2'
        db.value('SELECT count(*) FROM log') == '0'
        db.value('INSERT INTO teams DEFAULT VALUES RETURNING id') == '71'
        db.value("SELECT string_agg(tgenabled::text, '' ORDER BY tgname) FROM pg_trigger WHERE NOT tgisinternal") == 'ADO'
        db.value("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated") == '4'
        refiller { it.missing(exchange) } == []

        when:
        refiller { it.back(exchange, true); it.back(exchange, true) }

        then:
        rows() == before
        db.value('INSERT INTO teams DEFAULT VALUES RETURNING id') == '3'
        db.value('SELECT count(*) FROM staging.added') == '1'
        db.value("SELECT count(*) FROM pg_class WHERE relnamespace = 'kept'::regnamespace") == '0'
        refiller { it.missing(exchange) } != []

        when: 'it goes forward once more'
        refiller { it.move(plan()) }

        then:
        db.value('SELECT count(*) FROM every()') == '5'
    }

    def 'a row that others would point at no more leaves everything as it was'() {
        given:
        db.run('UPDATE staging.people SET boss = NULL; UPDATE staging.teams SET lead = NULL; DELETE FROM staging.people WHERE id = 3')
        def before = rows()

        when:
        refiller { it.move(plan()) }

        then:
        def refusal = thrown(Refusal)
        refusal.message.contains('"badges_person_fkey"')
        rows() == before
    }

    def 'tables that cannot take the rows as they are, are refused: #change'() {
        given:
        db.run(change)

        when:
        plan(views)

        then:
        def refusal = thrown(Refusal)
        refusal.message.contains(says)

        where:
        change                                                            | views                                               || says
        'ALTER TABLE staging.people ADD "new one" int'                    | []                                                  || 'has no column "new one"'
        'CREATE RULE r AS ON INSERT TO teams DO INSTEAD NOTHING'          | []                                                  || '"teams" has rule r'
        'SELECT 1'                                                        | [new Definition('nowhere', '', 'CREATE', '', '')]   || 'the target has no view nowhere'
    }
}
