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
import java.util.concurrent.Callable
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicBoolean
import spock.lang.Specification

/** Tables change places with all that hangs on them, and back again. */
class PostgresSwapSpec extends Specification {
    static final PATIENT = new PostgresAttempts(Duration.ofMillis(100), 40, Duration.ofMillis(20))
    static final IMPATIENT = new PostgresAttempts(Duration.ofMillis(100), 2, Duration.ofMillis(20))
    static final TABLES = ['customers', 'orders', 'brand "new"']

    /** Live tables with much around them, and staged ones that are to take their places. */
    static final WORLD = '''
        CREATE SCHEMA other; CREATE SCHEMA staging;
        CREATE TABLE countries (code text PRIMARY KEY); INSERT INTO countries VALUES ('AT'), ('US');
        CREATE TABLE customers (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name varchar(20), country text REFERENCES countries);
        CREATE TABLE orders (id serial PRIMARY KEY, customer int NOT NULL CONSTRAINT ordered_by REFERENCES customers, total numeric, note text);
        CREATE STATISTICS some_statistics ON customer, total FROM orders;
        CREATE INDEX orders_total ON orders (total);
        COMMENT ON TABLE orders IS 'old orders';
        INSERT INTO customers (name, country) SELECT 'old ' || i, 'AT' FROM generate_series(1, 10) i;
        INSERT INTO orders (customer, total) SELECT 1 + i % 10, i FROM generate_series(1, 100) i;
        CREATE TABLE other.invoices (id int PRIMARY KEY, customer int CONSTRAINT "billed to" REFERENCES public.customers ON DELETE CASCADE DEFERRABLE);
        COMMENT ON CONSTRAINT "billed to" ON other.invoices IS 'a key';
        CREATE TABLE unchecked (customer int); INSERT INTO unchecked VALUES (999);
        ALTER TABLE unchecked ADD CONSTRAINT later FOREIGN KEY (customer) REFERENCES customers NOT VALID;
        INSERT INTO other.invoices VALUES (1, 1), (2, 5);
        CREATE VIEW totals WITH (security_barrier = true) AS SELECT c.name, sum(o.total) AS total FROM customers c JOIN orders o ON o.customer = c.id GROUP BY c.name;
        CREATE VIEW other."top totals" AS SELECT * FROM public.totals WHERE total > 0;
        CREATE MATERIALIZED VIEW other.cached AS SELECT count(*) AS rows, 'x' AS one FROM public.orders; CREATE UNIQUE INDEX one_row ON other.cached (one);
        CREATE MATERIALIZED VIEW other.empty_yet AS SELECT rows FROM other.cached WITH NO DATA;
        CREATE VIEW names AS SELECT id, name FROM customers;
        ALTER VIEW names ALTER COLUMN name SET DEFAULT 'nobody';
        CREATE RULE no_delete AS ON DELETE TO names DO INSTEAD NOTHING;
        CREATE FUNCTION seen() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER seeing INSTEAD OF UPDATE ON names FOR EACH ROW EXECUTE FUNCTION seen();
        CREATE TRIGGER old_trigger BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION seen();
        CREATE TABLE log (total numeric);
        CREATE RULE logging AS ON INSERT TO log DO ALSO UPDATE public.orders SET note = 'logged' WHERE total = NEW.total;
        CREATE RULE old_rule AS ON DELETE TO orders DO ALSO INSERT INTO log VALUES (OLD.total);
        COMMENT ON VIEW totals IS 'it''s a view'; COMMENT ON COLUMN totals.total IS 'a column'; COMMENT ON MATERIALIZED VIEW other.cached IS 'cached';
        ALTER TABLE orders OWNER TO swap_owner; ALTER VIEW totals OWNER TO swap_owner; GRANT SELECT ON customers TO swap_owner;
        GRANT SELECT, INSERT ON orders TO swap_reader; GRANT UPDATE (total, note) ON orders TO swap_reader WITH GRANT OPTION; GRANT SELECT ON customers TO PUBLIC;
        GRANT USAGE ON SEQUENCE orders_id_seq TO swap_reader; GRANT SELECT ON totals TO swap_reader; GRANT SELECT (id) ON names TO swap_reader;
        CREATE TABLE staging.customers (id int GENERATED ALWAYS AS IDENTITY (START WITH 500) PRIMARY KEY, name varchar(20), country text, email text);
        CREATE TABLE staging.orders (id serial PRIMARY KEY, customer int NOT NULL CONSTRAINT ordered_by REFERENCES staging.customers, total numeric, note text);
        CREATE TABLE staging."brand ""new""" (id int PRIMARY KEY, at timestamptz);
        CREATE STATISTICS staging.some_statistics ON customer, note FROM staging.orders;
        CREATE INDEX orders_total ON staging.orders (total);
        CREATE TRIGGER new_trigger BEFORE UPDATE ON staging.orders FOR EACH ROW EXECUTE FUNCTION seen();
        INSERT INTO staging.customers (id, name) OVERRIDING SYSTEM VALUE SELECT i, 'new ' || i FROM generate_series(1, 20) i;
        INSERT INTO staging.orders (id, customer, total) SELECT i, 1 + i % 20, i FROM generate_series(1, 300) i; SELECT setval('staging.orders_id_seq', 300)'''

    /** All that the catalogue says of relations, without their numbers. */
    static final PICTURE = """
        SELECT concat_ws(' ', n.nspname || '.' || relname, relkind, relowner::regrole, relacl, reloptions, relispopulated, obj_description(c.oid, 'pg_class'))
            FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE n.nspname !~ '^(pg_|information)'
        UNION ALL SELECT concat_ws(' ', attrelid::regclass || '.' || attname, format_type(atttypid, atttypmod), attnum, attnotnull, attacl, col_description(attrelid, attnum), pg_get_expr(adbin, adrelid))
            FROM pg_attribute JOIN pg_class c ON c.oid = attrelid JOIN pg_namespace n ON n.oid = relnamespace LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE n.nspname !~ '^(pg_|information)' AND attnum > 0
        UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(c.oid), obj_description(c.oid, 'pg_constraint')) FROM pg_constraint c JOIN pg_namespace n ON n.oid = connamespace WHERE n.nspname !~ '^(pg_|information)'
        UNION ALL SELECT concat_ws(' ', indexrelid::regclass, pg_get_indexdef(indexrelid)) FROM pg_index JOIN pg_class c ON c.oid = indexrelid JOIN pg_namespace n ON n.oid = relnamespace WHERE n.nspname !~ '^(pg_|information)'
        UNION ALL SELECT concat_ws(' ', ev_class::regclass, pg_get_ruledef(r.oid)) FROM pg_rewrite r JOIN pg_class c ON c.oid = ev_class JOIN pg_namespace n ON n.oid = relnamespace WHERE n.nspname !~ '^(pg_|information)'
        UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT pg_get_statisticsobjdef(oid) FROM pg_statistic_ext
        UNION ALL SELECT concat_ws(' ', schemaname || '.' || sequencename, last_value) FROM pg_sequences
        UNION ALL SELECT concat('rows of orders ', count(*)) FROM public.orders UNION ALL SELECT concat('rows of customers ', count(*)) FROM public.customers
        ORDER BY 1"""

    Postgres db = world()
    List<String> before = picture()

    private static Postgres world() {
        def server = TestPostgres.newer()
        server.drop('swap')
        server.sql('DROP ROLE IF EXISTS swap_owner; DROP ROLE IF EXISTS swap_reader; CREATE ROLE swap_owner; CREATE ROLE swap_reader')
        new Postgres(server, 'swap', WORLD)
    }

    def cleanup() {
        db.server.drop('swap')
        db.server.sql('DROP ROLE swap_owner, swap_reader')
    }

    /** Without the staged tables, which may come back with the grants of the live ones. */
    private List<String> picture() {
        db.rows(PICTURE)*.get(0).findAll { !it.contains('staging.') }
    }

    private static TableName at(String schema, String table) {
        new TableName(schema, table)
    }

    private <T> T swapper(PostgresAttempts attempts = PATIENT, Closure<T> work) {
        new PostgresSwapper(db.open(), PostgresFence.NONE, attempts).withCloseable(work)
    }

    private Exchange plan(List<Definition> views = []) {
        def out = TABLES.take(2).collect { new Move(at('public', it), at('kept', it)) }
        def exchange = swapper { it.plan(out, TABLES.collect { new Move(at('staging', it), at('public', it)) }, new Company(views, [], [], { false })) }
        def json = new ObjectMapper()
        json.readValue(json.writeValueAsString(exchange), Exchange) // as the ledger gives it back
    }

    def 'views, grants, owners, comments and foreign keys of others are there after a swap, and the way back gives the former catalogue letter by letter'() {
        given:
        def exchange = plan()

        when:
        swapper { it.move(exchange); it.move(exchange) }

        then: 'the rows are the new ones, through every view'
        db.value('SELECT count(*) FROM orders') == '300'
        db.value("SELECT string_agg(DISTINCT left(name, 3), ',') FROM other.\"top totals\"") == 'new'
        db.value('SELECT rows FROM other.cached') == '300'
        db.value('SELECT count(*) FROM "brand ""new"""') == '0'
        db.value("INSERT INTO orders (customer) VALUES (1) RETURNING id") == '301'
        db.value('SELECT count(*) FROM kept.orders') == '100'
        swapper { it.missing(exchange) } == []

        and: 'what hung on the old ones hangs on the new ones'
        def now = picture()
        def stays = before.findAll { it =~ /^(public\.)?(totals|names|log|unchecked)\b|^other\./ }
        stays.size() > 20
        stays - now == []
        now.any { it ==~ /public\.orders r swap_owner \{swap_owner=arwdDxtm?\/swap_owner,swap_reader=ar\/swap_owner\}.*/ }
        now.find { it.startsWith('orders.total ') }.contains('{swap_reader=w*/swap_owner}')
        now.any { it.startsWith('public.orders_id_seq S swap_owner {swap_owner=rwU/swap_owner,swap_reader=U/swap_owner}') }
        now.any { it.contains('CREATE STATISTICS public.some_statistics ON customer, note FROM orders') }
        now.any { it.startsWith('other.invoices billed to FOREIGN KEY (customer) REFERENCES customers(id) ON DELETE CASCADE DEFERRABLE') }

        and: 'what only the old ones had went aside with them, named, and holds nobody'
        exchange.remembered().swap.aside == ['rule old_rule of orders', 'trigger old_trigger of orders']
        db.value("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND conrelid = 'kept.customers'::regclass") == '0'

        when: 'somebody hangs something on the new tables, and all is taken back'
        db.run('CREATE VIEW since AS SELECT name FROM customers')
        swapper { it.back(exchange, true); it.back(exchange, true) }
        def since = picture()

        then:
        db.value('SELECT name FROM since LIMIT 1').startsWith('old')
        since.findAll { !it.contains('since') } == before
        swapper { it.missing(exchange) }.size() == 3

        when: 'it goes forward once more'
        db.run('DROP VIEW since')
        swapper { it.move(exchange) }

        then:
        db.value('SELECT count(*) FROM orders') == '301'
    }

    def 'a view that comes with the tables takes the place of the one of its name, with its grants'() {
        given:
        def exchange = plan([new Definition('totals', '', 'CREATE VIEW totals AS SELECT name, 1::numeric AS total FROM customers', '', '')])

        when:
        swapper { it.move(exchange) }

        then:
        db.value('SELECT sum(total) FROM totals') == '20'
        db.value('SELECT count(*) FROM other."top totals"') == '20'
        db.value("SELECT has_table_privilege('swap_reader', 'totals', 'SELECT')") == 't'

        when:
        swapper { it.back(exchange, true) }

        then:
        picture() == before
    }

    def 'readers see the old rows or the new ones and never an error'() {
        given:
        def exchange = plan()
        def stop = new AtomicBoolean()
        def readers = Executors.newFixedThreadPool(3)
        def seen = ['orders', 'totals', 'other."top totals"'].collect { relation ->
            readers.submit({
                def counts = [] as Set
                db.server.connect(db.database).withCloseable { connection ->
                    connection.createStatement().withCloseable { statement ->
                        while (!stop.get()) {
                            def row = statement.executeQuery("SELECT count(*) FROM $relation")
                            row.next()
                            counts << row.getLong(1)
                        }
                    }
                }
                counts
            } as Callable<Set<Long>>)
        }

        when:
        3.times {
            swapper { it.move(exchange) }
            swapper { it.back(exchange, true) }
        }
        stop.set(true)

        then:
        seen[0].get() - [100L, 300L] == [] as Set
        seen[1].get() - [10L, 20L] == [] as Set
        seen[2].get() - [10L, 20L] == [] as Set
        picture() == before

        cleanup:
        stop.set(true)
        readers.shutdown()
    }

    def 'a lock that is not to be had is tried again, and refused with who has it'() {
        given:
        def exchange = plan()
        def reader = db.server.connect(db.database)
        reader.autoCommit = false
        reader.createStatement().execute("SET application_name = 'nightly report'; SELECT * FROM orders LIMIT 1")

        when:
        swapper(IMPATIENT) { it.move(exchange) }

        then:
        def refusal = thrown(Refusal)
        refusal.kind() == Refusal.Kind.PASSING
        refusal.message.contains('2 attempts of 100 ms')
        refusal.message.contains('(nightly report) of wfumig, idle in transaction')
        picture() == before

        when: 'the lock is given back while it waits'
        def waiting = Thread.start { swapper { it.move(exchange) } }
        while (waiting.alive && db.value('SELECT count(*) FROM pg_locks WHERE NOT granted') == '0') Thread.yield()
        reader.rollback()
        waiting.join()

        then:
        db.value('SELECT count(*) FROM orders') == '300'

        cleanup:
        reader.close()
    }

    def 'a failure in the middle leaves everything as it was: #what'() {
        given:
        db.run(change)
        def exchange = plan()
        def changed = picture()

        when:
        swapper { it.move(exchange) }

        then:
        def refusal = thrown(Refusal)
        refusal.message.contains(says)
        picture() == changed

        where:
        what                                                 | change                                                       || says
        'a row of another table would point nowhere'         | 'DELETE FROM staging.orders; DELETE FROM staging.customers'  || 'violates foreign key constraint "billed to"'
        'a view needs a column that the new table lacks'     | 'ALTER TABLE staging.orders DROP COLUMN note; CREATE VIEW notes AS SELECT note FROM orders' || 'does not exist'
        'something else has the name of a staged index'      | 'CREATE INDEX taken ON staging.orders (note); CREATE TABLE taken ()' || 'relation "taken" already exists'
    }

    def 'what changed since the swap was planned is planned with anew: #what'() {
        given:
        def exchange = plan()
        db.run(change)

        when:
        swapper { it.move(exchange) }

        then:
        def refusal = thrown(Refusal)
        refusal.kind() == Refusal.Kind.PASSING
        refusal.message.contains('was changed while')

        when:
        swapper { it.move(plan()) }

        then:
        db.value('SELECT count(*) FROM orders') == '300'

        where:
        what            | change
        'a view'        | 'CREATE VIEW more AS SELECT * FROM names'
        'a foreign key' | 'CREATE TABLE more (o int REFERENCES orders)'
        'a grant'       | 'GRANT SELECT ON names TO swap_owner; GRANT DELETE ON orders TO swap_reader'
    }

    def 'what hangs on a table and not on its name is refused by its name: #change'() {
        given:
        db.run(change)

        when:
        plan()

        then:
        def refusal = thrown(Refusal)
        refusal.message.contains(says)
        refusal.message.contains('truncateAndLoad()')
        refusal.message.contains('the target is untouched')

        where:
        change                                                                                        || says
        'ALTER TABLE orders ENABLE ROW LEVEL SECURITY'                                                || 'public.orders has row-level security'
        'CREATE POLICY p ON orders USING (true)'                                                      || 'public.orders has row-level security'
        'CREATE POLICY p ON log USING (total IN (SELECT total FROM orders))'                          || 'policy p on table public.log on table public.orders'
        'CREATE PUBLICATION live FOR TABLE orders, log'                                               || 'public.orders (publication live) is replicated'
        'CREATE TABLE child () INHERITS (orders)'                                                     || 'public.orders is part of an inheritance'
        "CREATE FUNCTION every() RETURNS SETOF orders LANGUAGE sql AS 'SELECT * FROM orders'"         || 'function public.every() on type public.orders hangs on the table'
        'CREATE FUNCTION several() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM totals; END' || 'function public.several() on view public.totals hangs on the table'
        "CREATE TABLE borrows (id int DEFAULT nextval('orders_id_seq'))"                              || 'column id of table public.borrows on sequence public.orders_id_seq'
        'CREATE TABLE holds (o orders[])'                                                             || 'table public.holds on type public.orders[]'
    }

    def 'a staged table that is gone is found before anything is locked'() {
        given:
        db.run('DROP TABLE staging."brand ""new"""')

        when:
        plan()

        then:
        def refusal = thrown(Refusal)
        refusal.message.contains('brand "new" is gone')
        picture().findAll { !it.contains('brand') } == before.findAll { !it.contains('brand') }
    }
}
