package edu.wfu.wfumig.cli

import edu.wfu.wfumig.support.TestPostgres
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Shared
import spock.lang.Specification

/** The preview of tables of PostgreSQL, from real servers of two versions. */
class PostgresPlanSpec extends Specification {
    @Shared TestPostgres local = TestPostgres.older()
    @Shared TestPostgres remote = TestPostgres.newer()
    Wfumig wfumig = new Wfumig()

    def setupSpec() {
        [local, remote].each { it.create('sync_a', 'sync_b') }
        local.loadFile('sync_a', Path.of('plans/postgres-sync/local.sql'))
        remote.loadFile('sync_b', Path.of('plans/postgres-sync/remote.sql'))
    }

    def cleanupSpec() {
        [local, remote].each { it.drop('sync_a', 'sync_b') }
    }

    private String plan(String tables) {
        wfumig.environment['WFUMIG_SECRET_LOCAL'] = local.password()
        wfumig.environment['WFUMIG_SECRET_REMOTE'] = remote.password()
        wfumig.plan("""
            migration('sync') {
              environment('local')  { postgres { host '${local.host()}'; port ${local.port()}; database 'sync_a'; user '${local.user()}'; password secret('local') } }
              environment('remote') { postgres { host '${remote.host()}'; port ${remote.port()}; database 'sync_b'; user '${remote.user()}'; password secret('remote') } }
              from 'local'
              to   'remote'
              tables { $tables }
            }""").toString()
    }

    def 'it says what moves, what stays, and what refers to it: #expected'() {
        expect:
        wfumig.call('plan', plan("include 'archon_*'; exclude 'archon_mcp_*'"), *options) == 0
        wfumig.out.contains(expected)
        !Files.exists(wfumig.state)

        where:
        options         | expected
        []              | "source  sync_a.public on PostgreSQL ${TestPostgres.older().major}."
        []              | '5 tables, cut over as one'
        []              | 'staging wfumig_staging'
        []              | 'old tables are kept in public_wfumig_kept_… for 7 days'
        []              | "the target's audit refers to archon_sources by foreign key audited"
        []              | 'archon_open_tasks'
        ['--reverse']   | 'sync: remote -> local'
        ['--reverse']   | "target  sync_a.public on PostgreSQL ${TestPostgres.older().major}."
    }

    def 'a table that is another one there is refused, with its columns'() {
        given:
        remote.sql('ALTER TABLE archon_settings ADD COLUMN note text', 'sync_b')

        expect:
        wfumig.call('plan', plan("include 'archon_settings'")) == 2
        wfumig.err.contains('archon_settings is another table on the target: it has note')

        cleanup:
        remote.sql('ALTER TABLE archon_settings DROP COLUMN note', 'sync_b')
    }

    def 'a trigger that only the target has is named, when it goes aside with the table'() {
        given:
        remote.sql("CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS \$\$ BEGIN RETURN NEW; END \$\$; CREATE TRIGGER noted BEFORE UPDATE ON archon_settings FOR EACH ROW EXECUTE FUNCTION noted()", 'sync_b')
        def risk = "the target's trigger noted on archon_settings goes aside with the old table; the source has none of that name"

        expect:
        wfumig.call('plan', plan("include 'archon_settings'")) == 0
        wfumig.out.contains(risk)
        wfumig.call('plan', plan("include 'archon_settings' }\n cutover { truncateAndLoad()")) == 0
        !wfumig.out.contains(risk)

        cleanup:
        remote.sql('DROP FUNCTION noted CASCADE', 'sync_b')
    }

    def 'a view that reads what the target lacks and what does not move is refused before anything is written'() {
        given:
        local.sql('CREATE TABLE only_here (id int); CREATE VIEW archon_mixed AS SELECT s.* FROM archon_settings s, only_here', 'sync_a')

        expect:
        wfumig.call('plan', plan("include 'archon_settings', 'archon_mixed'")) == 2
        wfumig.err.contains('the target lacks table public.only_here')
        wfumig.err.contains('exclude } the view that reads it, or include it')
        wfumig.call('plan', plan("include 'archon_settings'")) == 0

        when:
        remote.sql('CREATE TABLE only_here (id int)', 'sync_b')

        then:
        wfumig.call('plan', plan("include 'archon_settings', 'archon_mixed'")) == 0
        wfumig.call('plan', plan("include 'archon_settings', 'archon_mixed', 'only_here'")) == 0

        cleanup:
        local.sql('DROP VIEW archon_mixed; DROP TABLE only_here', 'sync_a')
        remote.sql('DROP TABLE only_here', 'sync_b')
    }

    def 'what tables are made of and the target lacks is made with them; another one of that name is refused'() {
        given:
        remote.sql('DROP TABLE archon_tasks CASCADE; DROP TYPE archon_status', 'sync_b')

        expect:
        wfumig.call('plan', plan("include 'archon_tasks', 'archon_projects'")) == 0
        wfumig.out.contains('enum public.archon_status is made on the target')

        when:
        remote.sql("CREATE TYPE archon_status AS ENUM ('todo', 'finished')", 'sync_b')

        then:
        wfumig.call('plan', plan("include 'archon_tasks', 'archon_projects'")) == 2
        wfumig.err.contains('the target has another enum public.archon_status')
    }

    def 'one database under two names is one'() {
        given:
        def text = Path.of(plan("include '*'"))
        def again = "host 'localhost'; port ${local.port()}; database 'sync_a'; user '${local.user()}'; password secret('local')"
        Files.writeString(text, Files.readString(text).replaceFirst(/host '[^']*'; port ${remote.port()};[^}]*/, again))

        expect:
        wfumig.call('plan', text.toString()) == 2
        wfumig.err.contains("source and target are the same schema 'public' on one server, under two names")
    }

    def 'the plan of the plans folder runs with nothing but itself, in both directions: #options'() {
        given:
        wfumig.environment['XDG_CACHE_HOME'] = Path.of('target/embedded').toAbsolutePath().toString()

        expect:
        wfumig.call('run', 'plans/postgres-sync.groovy', *options) == 0
        expected.every { wfumig.out.contains(it) }
        wfumig.out.contains('done and verified, 1 of 1 scope')
        wfumig.runId().startsWith(name)

        and:
        wfumig.call('rollback') == 0

        where:
        options       | name                     | expected
        []            | 'postgres-sync-2'        | ['source  archon_local.public on PostgreSQL 17.', 'target  archon_remote.public on PostgreSQL 18.', '5 tables']
        ['--reverse'] | 'postgres-sync-reversed' | ['source  archon_remote.public on PostgreSQL 18.', 'target  archon_local.public on PostgreSQL 17.', '5 tables']
    }
}
