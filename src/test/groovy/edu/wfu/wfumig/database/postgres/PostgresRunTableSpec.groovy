package edu.wfu.wfumig.database.postgres

import edu.wfu.wfumig.database.RunTable.Part
import edu.wfu.wfumig.support.TestPostgres
import java.time.Duration
import spock.lang.Specification

/** What a second operator sees of a run in the target. */
class PostgresRunTableSpec extends Specification {
    Postgres db = new Postgres(TestPostgres.older(), 'history', 'CREATE SCHEMA app')

    def cleanup() {
        db.server.drop('history')
    }

    private void runs(Closure work) {
        new PostgresRunTable(db.open(), 'app').withCloseable(work)
    }

    def 'a run, its phases and tables have a row each; the table is made when it is missing, and a run goes on in its row'() {
        when:
        runs {
            it.begin('r1', 'local', 'remote', 1, 5000)
            it.part('r1', new Part('tables/export', 'orders', 'running', 40, 400, 4000, Duration.ofMillis(1500)))
            it.part('r1', new Part('tables/export', 'orders', 'done', 100, 1000, 10000, Duration.ofMillis(2500)))
            it.part('r1', new Part('tables/export', '', 'done', 100, 1000, 10000, Duration.ofMillis(2600)))
            it.update('r1', 'tables done', 1, 100)
            it.begin('r2', 'remote', 'local', 2, 1)
        }
        runs { it.begin('r1', 'local', 'remote', 1, 5000) }

        then:
        db.rows('SELECT run, phase, table_name, direction, status, percent, row_count, size_bytes, scopes, finished FROM app.wfumig_history ORDER BY 1, 2, 3') == [
                ['r1', '', '', 'local -> remote', 'resumed', '100', null, '5000', '1', '1'],
                ['r1', 'tables/export', '', 'local -> remote', 'done', '100', '1000', '10000', null, null],
                ['r1', 'tables/export', 'orders', 'local -> remote', 'done', '100', '1000', '10000', null, null],
                ['r2', '', '', 'remote -> local', 'started', '0', null, '1', '2', '0']]
        db.value("SELECT duration_seconds FROM app.wfumig_history WHERE table_name = 'orders'") == '2.500'
    }

    def 'an account that may write the table but make none can record its runs'() {
        given:
        runs { it.begin('r1', 'a', 'b', 1, 1) }
        db.run("DROP ROLE IF EXISTS history_writer; CREATE ROLE history_writer LOGIN PASSWORD 'h'; GRANT USAGE ON SCHEMA app TO history_writer; GRANT ALL ON app.wfumig_history TO history_writer")

        when:
        new PostgresRunTable(db.open('history_writer', 'h'), 'app').withCloseable { it.begin('r2', 'a', 'b', 1, 1) }

        then:
        db.value('SELECT count(*) FROM app.wfumig_history') == '2'

        cleanup:
        db.run('DROP OWNED BY history_writer; DROP ROLE history_writer')
    }
}
