package edu.wfu.wfumig.embedded

import edu.wfu.wfumig.Refusal
import edu.wfu.wfumig.support.TestPostgres
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class EmbeddedPostgresSpec extends Specification {
    @TempDir Path folder

    def 'a server of version #major says that it is one'() {
        given:
        def server = TestPostgres.of(major)

        expect:
        server.value('SHOW server_version').startsWith("$major.")
        server.value('SHOW server_encoding') == 'UTF8'

        where:
        major << EmbeddedPostgres.majors()
    }

    def 'a file as pg_dump writes it is loaded'() {
        given:
        def file = folder.resolve('dump.sql')
        Files.writeString file, '''\\restrict abc
            |SET statement_timeout = 0;
            |CREATE TABLE t (id int, "odd;\nname" text DEFAULT ';');
            |CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $_$
            |BEGIN -- it's one;
            |  RETURN 1; /* ';
            |  */
            |END;
            |$_$;
            |-- rows; of t
            |COPY t (id, "odd;\nname") FROM stdin;
            |1\ta\\nb\\\\.;
            |2\t\\N
            |\\.
            |
            |ALTER TABLE t ADD PRIMARY KEY (id);
            |'''.stripMargin()
        def server = TestPostgres.older()

        when:
        server.loadFile('script', file)

        then:
        server.rows('SELECT * FROM t ORDER BY id', 'script') == [['1', 'a\nb\\.;'], ['2', null]]
        server.value('SELECT f()', 'script') == '1'

        cleanup:
        server.drop('script')
    }

    def 'a server that a killed process left behind is stopped, and its data is still there under a new password'() {
        given:
        def cache = Path.of('target/embedded').toAbsolutePath()
        def first = EmbeddedPostgres.start(cache, folder, EmbeddedPostgres.majors().last(), 'fsync = off')
        first.run('CREATE TABLE t (id int)', 'postgres')
        first.@held.close()

        when:
        def second = EmbeddedPostgres.start(cache, folder, EmbeddedPostgres.majors().last(), 'fsync = off')
        second.run('INSERT INTO t VALUES (1)', 'postgres')

        then:
        first.password() != second.password()

        when: 'the one left behind is asked'
        new Socket('127.0.0.1', first.port())

        then:
        thrown(ConnectException)

        when: 'one more is started while it runs'
        EmbeddedPostgres.start(cache, folder, EmbeddedPostgres.majors().last())

        then:
        thrown(Refusal)

        cleanup:
        second?.close()
    }

    def 'a version that is not there is refused with those that are'() {
        when:
        EmbeddedPostgres.start(folder, folder, 9)

        then:
        def refusal = thrown(Refusal)
        refusal.message.contains('there is no embedded PostgreSQL 9')
        refusal.message.contains(EmbeddedPostgres.majors().toString())
    }
}
