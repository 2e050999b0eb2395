package edu.wfu.wfumig.database.postgres

import edu.wfu.wfumig.database.Catalogue
import edu.wfu.wfumig.database.Needed
import edu.wfu.wfumig.embedded.EmbeddedPostgres
import edu.wfu.wfumig.support.TestPostgres
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification

@Requires({ EmbeddedPostgres.majors().first() >= 14 }) // its zoo has multiranges
class PostgresCatalogueSpec extends Specification {
    static final Path FILES = Path.of('src/test/resources/postgres')
    @Shared TestPostgres older = TestPostgres.older()
    @Shared TestPostgres newer = TestPostgres.newer()

    /** From 16 on a server leaves out of a view's text the name of a table that is alone in it. */
    final Closure<String> plain = { older.major < 16 ? it.replaceAll(/\b(z_first|[a-z_]+)\.(?=\w+)/, '') : it }

    /** What the servers say of each relation of the zoo, and of what was made from its definition on the other server. */
    @Shared Map<List<Integer>, Map<String, List<String>>> originals = [:]
    @Shared Map<List<Integer>, Map<String, List<String>>> copies = [:]

    def setupSpec() {
        [older, newer]*.loadFile('zoo', FILES.resolve('zoo.sql'))
        [[older, newer], [newer, older]].each { TestPostgres from, TestPostgres to ->
            to.create('made')
            from.database('zoo').catalogue().withCloseable { move(it, to) }
            originals[[from.major, to.major]] = picture(from, 'zoo', 'public')
            copies[[from.major, to.major]] = picture(to, 'made', 'copy')
        }
        newer.create('left')
    }

    def cleanupSpec() {
        [older, newer]*.drop('zoo', 'made', 'left')
    }

    /** Makes everything of a schema again in a schema of another name, beside what it is made of. */
    private static void move(Catalogue catalogue, TestPostgres to) {
        def tables = catalogue.tableNames('public')
        def views = catalogue.views('public')
        catalogue.needs('public', tables + views).each { to.sql(it.create(), 'made') }
        to.sql('CREATE SCHEMA copy', 'made')
        def definitions = catalogue.define('public', tables)
        def after = definitions*.after().flatten()
        def statements = definitions*.create() + after.findAll { !PostgresDefinition.refers(it) } + after.findAll { PostgresDefinition.refers(it) } +
                catalogue.viewDefinitions('public', views.reverse())*.create()
        to.connect('made').withCloseable { connection ->
            connection.autoCommit = false
            connection.createStatement().withCloseable { statement ->
                statement.execute(PostgresText.path('copy', 'public'))
                statements.each { statement.execute(it) }
            }
            connection.commit()
        }
    }

    private static Map<String, List<String>> picture(TestPostgres server, String database, String schema) {
        def query = Files.readString(FILES.resolve('picture.sql')).replace('SCHEMA', schema)
        server.connect(database).withCloseable { connection ->
            connection.createStatement().withCloseable { statement ->
                statement.execute("SET search_path = $schema, public")
                def result = statement.executeQuery(query)
                Map<String, List<String>> picture = [:].withDefault { [] }
                while (result.next()) picture[result.getString(1)] << result.getString(2).replace("${schema}.", 'public.')
                picture
            }
        }
    }

    def 'from PostgreSQL #from to #to everything arrives'() {
        expect:
        originals[[from, to]].keySet() == copies[[from, to]].keySet()
        originals[[from, to]].size() == 20

        where:
        [from, to] << [[older.major, newer.major], [newer.major, older.major]]
    }

    def 'from PostgreSQL #ends #relation arrives with all that is told of it'() {
        expect:
        originals[ends][relation].size() >= 1
        copies[ends][relation].collect(plain) == originals[ends][relation].collect(plain)

        where:
        [ends, relation] << originals.collectMany { ends, relations -> relations.keySet().collect { [ends, it] } }
    }

    def 'what tables and views are made of is told in an order in which it can be made, and what nobody uses is not'() {
        given:
        older.sql("CREATE TYPE unused AS ENUM ('a')", 'zoo')

        when:
        def needs = older.database('zoo').catalogue().withCloseable { it.needs('public', it.tableNames('public') + it.views('public')) }

        then:
        needs.collect { [it.kind().toString(), it.name()] } == [
                ['EXTENSION', 'btree_gist'], ['EXTENSION', 'citext'], ['EXTENSION', 'hstore'], ['COLLATION', 'public.nocase'],
                ['ENUM', 'public.mood'], ['DOMAIN', 'public.short'], ['DOMAIN', 'public.shorter'], ['DOMAIN', 'public.moods'],
                ['COMPOSITE', 'public.pair'], ['RANGE', 'public.floats'], ['SEQUENCE', 'public.shared'],
                ['FUNCTION', 'public.twice(integer)'], ['FUNCTION', 'public.stamp()']]
        needs.findAll { it.makeable() }*.kind().toSet() ==
                [Needed.Kind.ENUM, Needed.Kind.DOMAIN, Needed.Kind.COMPOSITE, Needed.Kind.RANGE, Needed.Kind.SEQUENCE] as Set

        cleanup:
        older.sql('DROP TYPE unused', 'zoo')
    }

    def 'a target with #change does not serve for #unserved'() {
        given:
        newer.create('left')
        def needs = older.database('zoo').catalogue().withCloseable { it.needs('public', ['types', 'generated', 'watched', 'serials', 'indexed']) }
        newer.sql((needs*.create() + change).join(';\n'), 'left')

        when:
        def standing = newer.database('left').catalogue().withCloseable { it.standing(needs) }

        then:
        needs.findAll { need -> !need.servedBy(standing.find { it.kind() == need.kind() && it.name() == need.name() }) }*.name() == unserved

        where:
        change                                                          || unserved
        'SELECT 1'                                                      || []
        "ALTER TYPE mood ADD VALUE 'new'"                               || ['public.mood']
        'ALTER DOMAIN short ADD CHECK (length(VALUE) > 1)'              || ['public.short']
        'ALTER DOMAIN short DROP DEFAULT'                               || ['public.short']
        'ALTER TYPE pair ADD ATTRIBUTE c int'                           || ['public.pair']
        'DROP FUNCTION stamp()'                                         || ['public.stamp()']
        'CREATE OR REPLACE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS \'SELECT 2\'' || []
        'DROP EXTENSION hstore'                                         || ['hstore']
        'DROP SEQUENCE shared'                                          || ['public.shared']
        'DROP COLLATION nocase'                                         || ['public.nocase']
        'DROP TYPE floats'                                              || ['public.floats']
    }

    def 'what stays behind is told: #statements'() {
        given:
        newer.sql("DROP SCHEMA IF EXISTS s CASCADE; CREATE SCHEMA s; SET search_path = s; $statements", 'left')

        expect:
        newer.database('left').catalogue().withCloseable { it.notCarried('s') }.collect { "${it.name()}${it.itself() ? ' stays' : ''}: ${it.what()}".toString() } == told

        cleanup:
        newer.sql('DROP PUBLICATION IF EXISTS news; DROP SERVER IF EXISTS far CASCADE; DROP FOREIGN DATA WRAPPER IF EXISTS w', 'left')

        where:
        statements || told
        'CREATE TABLE t (a int PRIMARY KEY REFERENCES t, b text[])' || []
        'CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)' || ['p stays: it is split into partitions', 'p1 stays: it is a partition of s.p']
        'CREATE TABLE p (a int); CREATE TABLE c () INHERITS (p)' || ['c: that it inherits from s.p: it arrives as a table by itself, with its own rows', 'p: that other tables inherit from it: it arrives as a table by itself, with its own rows']
        'CREATE TABLE t (a int); CREATE POLICY "only me" ON t USING (true); ALTER TABLE t ENABLE ROW LEVEL SECURITY' || ['t: its row-level security, with the policies "only me"']
        'CREATE TABLE t (a int); ALTER TABLE t ENABLE ROW LEVEL SECURITY' || ['t: its row-level security']
        'CREATE TABLE t (a int); CREATE PUBLICATION news FOR TABLE t' || ['t: that the publication news publishes it']
        'CREATE TABLE t (a int); CREATE RULE quiet AS ON DELETE TO t DO INSTEAD NOTHING' || ['t: its rule quiet']
        'CREATE FOREIGN DATA WRAPPER w; CREATE SERVER far FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE f (a int) SERVER far' || ['f stays: it is a foreign table, its rows are elsewhere']
        'CREATE TYPE y AS (a int); CREATE TABLE t OF y' || ['t stays: it is made of the type s.y']
        'CREATE TABLE t (a int, o oid)' || ['t: large objects, if o points at any: its numbers move, the objects do not']
        "CREATE SEQUENCE q; CREATE TABLE t (a int DEFAULT nextval('q'))" || ['t: the position of the sequence s.q, which no column owns']
        "CREATE SEQUENCE q; CREATE SEQUENCE r; SELECT nextval('q'), nextval('q')" || ['q stays: no column owns it, and it stands at 2', 'r stays: no column owns it, and it was never used']
        "CREATE TABLE t (a int); CREATE INDEX i ON t (a); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 's.i'::regclass" || ['t: its index i: it is invalid, as an interrupted CREATE INDEX CONCURRENTLY leaves one']
        'CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1))' || ['t: the virtual column b to a server before PostgreSQL 18']
        'CREATE TABLE t (a int); INSERT INTO t VALUES (NULL); ALTER TABLE t ADD CONSTRAINT n NOT NULL a NOT VALID' || ['t: the NOT NULL of a: it was never validated']

        filter: 'virtual columns, and such constraints, are there from 18 on'
        newer.major >= 18 || !(statements =~ /GENERATED ALWAYS AS \(a \+ 1\)\)|NOT NULL a NOT VALID/)
    }

    def 'of #keys rows are put in order by #key'() {
        given:
        newer.sql("DROP SCHEMA IF EXISTS s CASCADE; CREATE SCHEMA s; SET search_path = s; CREATE TABLE t (a int NOT NULL, b int NOT NULL, c int, d int NOT NULL); $keys", 'left')

        expect:
        newer.database('left').catalogue().withCloseable { [it.tables('s')[0].shape().key(), it.define('s', ['t'])[0].key()] } == [key, key]

        where:
        keys                                                                                   || key
        'ALTER TABLE t ADD PRIMARY KEY (d, a); CREATE UNIQUE INDEX a ON t (a)'                 || ['d', 'a']
        'CREATE UNIQUE INDEX z ON t (b, a); CREATE INDEX a ON t (a)'                           || ['b', 'a']
        'CREATE UNIQUE INDEX z ON t (b) INCLUDE (c)'                                           || ['b']
        'CREATE UNIQUE INDEX z ON t (c)'                                                       || []
        'CREATE UNIQUE INDEX z ON t ((a + 1))'                                                 || []
        'CREATE UNIQUE INDEX z ON t (a) WHERE b > 0'                                           || []
        'ALTER TABLE t ADD UNIQUE (a) DEFERRABLE'                                              || []
    }

    def 'columns are told by the type that their values have, and tables by what they hold'() {
        given:
        newer.sql("""DROP SCHEMA IF EXISTS s CASCADE; CREATE SCHEMA s; SET search_path = s; CREATE DOMAIN base AS varchar(9); CREATE DOMAIN top AS base;
            CREATE TABLE t (a int8, b top, c text COLLATE "C", d jsonb, e int GENERATED ALWAYS AS (1) STORED); INSERT INTO t SELECT n FROM generate_series(1, 1000) AS n; ANALYZE t""", 'left')

        when:
        def table = newer.database('left').catalogue().withCloseable { it.tables('s') }[0]

        then:
        table.shape().columns().collect { [it.name(), it.type(), it.collation(), it.generated()] } == [
                ['a', 'int8', '', false], ['b', 'varchar', '', false], ['c', 'text', 'C', false], ['d', 'jsonb', '', false], ['e', 'int4', '', true]]
        table.rows() == 1000
        table.bytes() >= 32768
    }

    def 'a sequence goes on behind rows that came after its position was read'() {
        given:
        newer.sql('DROP SCHEMA IF EXISTS s CASCADE; CREATE SCHEMA s; CREATE TABLE s.t (a serial, b int GENERATED ALWAYS AS IDENTITY (INCREMENT BY -1))', 'left')
        def after = newer.database('left').catalogue().withCloseable { it.define('s', ['t'])[0].after() }

        when:
        newer.sql("INSERT INTO s.t SELECT FROM generate_series(1, 3); SELECT setval('s.t_a_seq', 1, false), setval('s.t_b_seq', -1, false); SET search_path = s; ${after.join(';\n')}", 'left')

        then:
        newer.rows('INSERT INTO s.t DEFAULT VALUES RETURNING a, b', 'left') == [['4', '-4']]
    }

    def 'owners and grants are told role by role'() {
        given:
        newer.sql('''DROP SCHEMA IF EXISTS s CASCADE; CREATE SCHEMA s; CREATE TABLE s.t (a int, "B" int); CREATE ROLE "a clerk";
            GRANT SELECT, INSERT ON s.t TO "a clerk"; GRANT UPDATE ("B") ON s.t TO "a clerk"; GRANT DELETE ON s.t TO "a clerk" WITH GRANT OPTION; GRANT SELECT ON s.t TO PUBLIC''', 'left')

        expect:
        newer.database('left').catalogue().withCloseable { ((PostgresCatalogue) it).privileges('s', ['t']) }.collect { [it.name(), it.create()] } == [
                ['wfumig', 'ALTER TABLE t OWNER TO wfumig'],
                ['', 'GRANT SELECT ON TABLE t TO PUBLIC'],
                ['a clerk', 'GRANT DELETE ON TABLE t TO "a clerk" WITH GRANT OPTION'],
                ['a clerk', 'GRANT INSERT, SELECT, UPDATE ("B") ON TABLE t TO "a clerk"']]

        cleanup:
        newer.sql('DROP SCHEMA s CASCADE; DROP ROLE "a clerk"', 'left')
    }
}
