package edu.wfu.wfumig.steps

import edu.wfu.wfumig.Digest
import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import spock.lang.Shared
import spock.lang.Specification

/** The fixture network into an empty schema, under a host of another length and another scheme. */
class FreshTargetSpec extends Specification {
    @Shared TestServer server = TestServer.embedded()
    @Shared Wfumig wfumig = new Wfumig()

    def setupSpec() {
        server.load('fresh_dev', 'dev')
    }

    def setup() {
        server.drop('fresh_prod', 'fresh_staging', 'fresh_prod_wfumig_kept')
        server.sql('CREATE DATABASE fresh_prod')
    }

    def cleanupSpec() {
        server.drop('fresh_dev', 'fresh_prod', 'fresh_staging', 'fresh_prod_wfumig_kept')
    }

    private String plan(String sites) {
        wfumig.plan("""
            migration('fresh') {
              ${wfumig.ends(server, 'fresh_dev', server, 'fresh_prod', 'http://dev.wfu.test', 'https://production.wfu.example')}
              staging { schema 'fresh_staging' }
              sites { $sites }
            }""").toString()
    }

    def 'a target without WordPress needs the network tables'() {
        expect:
        wfumig.call('run', plan('all()'), '--yes') == 2
        wfumig.err.contains('holds no WordPress network')
        wfumig.err.contains('add networkTables()')
        server.rows("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'fresh_prod'") == [['0']]
    }

    def 'every site gets its row, its address and its tables'() {
        expect:
        wfumig.call('run', plan('all(); networkTables()'), '--yes') == 0
        server.rows('SELECT blog_id, domain, path, public, archived, mature, spam, deleted FROM fresh_prod.wp_blogs ORDER BY 1') ==
                server.rows("SELECT blog_id, REPLACE(domain, 'dev.wfu.test', 'production.wfu.example'), path, public, archived, mature, spam, deleted FROM fresh_dev.wp_blogs ORDER BY 1")
        server.rows("SELECT option_value FROM fresh_prod.wp_22_options WHERE option_name = 'siteurl'") == [['https://production.wfu.example/magazine']]
        server.rows("SELECT option_value FROM fresh_prod.wp_8_options WHERE option_name = 'home'") == [['https://law.production.wfu.example']]
        server.rows('SELECT domain FROM fresh_prod.wp_site') == [['production.wfu.example']]
        server.rows("SELECT COUNT(*) FROM fresh_prod.wp_22_options WHERE option_name = 'wfu_cache_https://production.wfu.example/page'") == [['1']]
        if (System.getenv('WFUMIG_PAIRS')) pairs()
    }

    /** Writes every changed value before and after, for an oracle outside of this project. */
    private void pairs() {
        new File(System.getenv('WFUMIG_PAIRS')).withWriter { out ->
            server.rows("SELECT a.option_name, HEX(a.option_value), HEX(b.option_value) FROM fresh_dev.wp_22_options a JOIN fresh_prod.wp_22_options b USING (option_id)")
                    .each { out.writeLine("option:${it[0]}\t${it[1]}\t${it[2]}") }
            [['wp_22_posts', 'ID', 'post_content'], ['wp_22_postmeta', 'meta_id', 'meta_value'], ['wp_usermeta', 'umeta_id', 'meta_value'],
             ['wp_sitemeta', 'meta_id', 'meta_value'], ['wp_blogmeta', 'meta_id', 'meta_value'], ['wp_43_options', 'option_id', 'option_value'], ['wp_43_gf_form_meta', 'form_id', 'display_meta'],
             ['wp_43_gf_form_meta', 'form_id', 'entries_grid_meta'], ['wp_43_a_order_items', 'item_id', 'meta'], ['wp_signups', 'signup_id', 'meta'], ['wp_43_latin1_notes', 'id', 'body'], ['wp_43_utf8mb3_notes', 'id', '*']].each { table, key, column ->
                if (column == '*') return
                server.rows("SELECT a.`$key`, HEX(CONVERT(a.`$column` USING utf8mb4)), HEX(CONVERT(b.`$column` USING utf8mb4)) FROM fresh_dev.`$table` a JOIN fresh_prod.`$table` b USING (`$key`)")
                        .findAll { it[1] != null }.each { out.writeLine("$table:${it[0]}:$column\t${it[1]}\t${it[2]}") }
            }
        }
    }
}
