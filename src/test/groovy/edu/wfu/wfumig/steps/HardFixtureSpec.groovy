package edu.wfu.wfumig.steps

import edu.wfu.wfumig.support.Bytes
import edu.wfu.wfumig.support.Rows
import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import spock.lang.Shared
import spock.lang.Specification

/**
 * The fixture network, whole, from dev to uat. Both hosts have the same length, so the right result is known without
 * the rewrite: every literal occurrence in a text column replaced, everything else as it was.
 */
class HardFixtureSpec extends Specification {
    static final List<String> SCHEMAS = ['hard_dev', 'hard_uat', 'hard_staging']

    @Shared TestServer server = TestServer.embedded()
    @Shared Wfumig wfumig = new Wfumig()
    @Shared Map<String, String> before
    @Shared int code
    @Shared String out

    def setupSpec() {
        server.drop(*SCHEMAS)
        server.load('hard_dev', 'dev')
        server.load('hard_uat', 'uat')
        before = server.picture(['hard_dev', 'hard_uat'])
        def plan = wfumig.plan("""
            migration('hard') {
              ${wfumig.ends(server, 'hard_dev', server, 'hard_uat')}
              staging { schema 'hard_staging' }
              sites { all(); networkTables() }
              backup { keepTables 7.days; dump() }
              archive { directory '${wfumig.home}/archive' }
            }""")
        code = wfumig.call('run', plan.toString(), '--yes')
        out = wfumig.out
    }

    def cleanupSpec() {
        server.drop(*SCHEMAS)
    }

    def 'the whole network arrives, verified'() {
        expect:
        code == 0
        out.contains('done and verified, 17 of 17 scopes')
    }

    def 'the source is as it was'() {
        expect:
        server.picture(['hard_dev']) == before.findAll { it.key.startsWith('hard_dev') }
    }

    def 'every value of every table is the source value, replaced where it is text'() {
        given:
        def tables = server.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'hard_dev'" +
                " AND table_type = 'BASE TABLE' AND table_name NOT REGEXP '^(otherapp_urls|wpx43_posts|wp_6_gf_entry|wp_430_stats|wp_blogs)\$'")*.get(0)

        expect:
        tables.size() > 180
        tables.each { assert Rows.of(server, 'hard_uat', it) == Rows.of(server, 'hard_dev', it) }
    }

    def 'only look-alikes still hold the source host: #column of #table where #where'() {
        expect:
        !leftovers("SELECT $column FROM hard_uat.$table WHERE $where")

        where:
        table            | column         | where
        'wp_22_options'  | 'option_value' | "option_name NOT IN ('wfu_case_lookalikes','wfu_case_base64','wfu_case_base64_in_ser')"
        'wp_22_options'  | 'option_name'  | '1'
        'wp_22_posts'    | 'post_content' | '1'
        'wp_22_posts'    | 'guid'         | '1'
        'wp_22_postmeta' | 'meta_value'   | "meta_key <> '_wfu_case_lookalikes'"
        'wp_usermeta'    | 'meta_value'   | '1'
        'wp_sitemeta'    | 'meta_value'   | '1'
        'wp_43_url_map'  | 'url'          | '1'
        'wp_43_utf8mb3_notes' | '*'       | '1'
        'wp_signups'     | 'domain'       | '1'
    }

    private List<String> leftovers(String query) {
        server.rows(query).flatten().findAll { it?.contains('dev.wfu.test') }
    }

    def 'site #id answers at #address'() {
        given:
        def options = id == 1 ? 'wp_options' : "wp_${id}_options"

        expect:
        server.rows("SELECT CONCAT(domain, path) FROM hard_uat.wp_blogs WHERE blog_id = $id") == [[address]]
        server.rows("SELECT option_value FROM hard_uat.$options WHERE option_name IN ('home','siteurl')")
                .every { "${it[0]}/".toString() == "http://$address".toString() }

        where:
        id | address
        1  | 'uat.wfu.test/'
        3  | 'uat.wfu.test/news/'
        8  | 'law.uat.wfu.test/'
        22 | 'uat.wfu.test/magazine/'
        90 | 'uat.wfu.test/press/'
    }

    def 'tables that belong to no moving site stay as they were: #table'() {
        expect:
        server.picture(['hard_uat'])["hard_uat.$table".toString()] == before["hard_uat.$table".toString()]

        where:
        table << ['otherapp_urls', 'wpx43_posts', 'wp_6_gf_entry', 'wp_430_stats', 'wp_43_old_plugin']
    }

    def 'views, triggers, foreign keys and odd names arrive; no trigger fired on the way'() {
        expect:
        server.rows('SELECT COUNT(*) FROM hard_uat.wp_43_order_audit') == [['1']]
        server.rows('SELECT MAX(touch_count) FROM hard_uat.wp_43_woocommerce_orders') == [['0']]
        server.rows('SELECT COUNT(*) FROM hard_uat.wp_43_v_paid_orders') == server.rows('SELECT COUNT(*) FROM hard_dev.wp_43_v_paid_orders')
        server.rows("SELECT table_type FROM information_schema.tables WHERE table_schema = 'hard_uat' AND table_name = 'wp_43_v_paid_orders'") == [['VIEW']]
        server.rows("SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = 'hard_uat' ORDER BY 1")*.get(0) == ['wp_43_orders_ai', 'wp_43_orders_bu']
        server.rows("SELECT unique_constraint_schema, referenced_table_name FROM information_schema.referential_constraints WHERE constraint_schema = 'hard_uat'") == [['hard_uat', 'wp_43_woocommerce_orders']]
        server.rows('SELECT `ünï` FROM hard_uat.`wp_43_my-odd.table` WHERE `a b` = 1') == [['ü']]
        server.rows('SELECT id FROM hard_uat.wp_43_zero_id WHERE id IN (0, -5) ORDER BY id')*.get(0) == ['-5', '0']
    }

    def 'definitions are those of the source: #table'() {
        expect:
        definition('hard_uat', table) == definition('hard_dev', table)

        where:
        table << ['wp_22_posts', 'wp_43_woocommerce_orders', 'wp_43_a_order_items', 'wp_43_types', 'wp_43_ft', 'wp_43_latin1_notes', 'wp_43_url_map', 'wp_users']
    }

    private String definition(String schema, String table) {
        server.rows("SHOW CREATE TABLE `$schema`.`$table`")[0][1].replaceAll(' AUTO_INCREMENT=\\d+', '')
    }

    def 'staging, work folder and server are left clean; old tables are kept'() {
        expect:
        server.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'hard_staging'")*.get(0) == ['wfumig_staged']
        server.rows("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema LIKE 'hard\\_uat\\_wfumig\\_kept\\_%'")[0][0] as int > 180
        !Files.exists(wfumig.run().resolve('work'))
    }

    def 'dumps, manifests, ledger and report are archived'() {
        given:
        def archived = Bytes.filesBelow(wfumig.home.resolve('archive'))

        expect:
        ['site-43/source.sql.zst', 'site-43/migrated.sql.zst', 'site-43/backup.sql.zst', 'site-43/source.manifest.json',
         'network/source.sql.zst', 'journal.jsonl', 'plan.groovy', 'report.txt'].every { wanted -> archived.any { it.endsWith("${wfumig.runId()}/$wanted") } }
    }

    def 'the history in the target tells of the run'() {
        expect:
        server.rows("SELECT phase, scopes, finished, percent FROM hard_uat.wfumig_history WHERE run = '${wfumig.runId()}'") == [['done', '17', '17', '100']]
    }

    def 'rollback brings every table, view and trigger of the target back, byte for byte'() {
        when:
        def rolledBack = wfumig.call('rollback', wfumig.runId())

        then:
        rolledBack == 0
        server.picture(['hard_uat']).findAll { !it.key.startsWith('hard_uat.wfumig_') } == before.findAll { it.key.startsWith('hard_uat') }
        server.rows("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'hard_staging'") == [['1']]
    }
}
