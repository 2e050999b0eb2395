package edu.wfu.wfumig.steps

import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import spock.lang.Shared
import spock.lang.Specification

/** How the target's list of sites comes out: merged, never replaced. */
class SiteListSpec extends Specification {
    @Shared TestServer server = TestServer.embedded()
    Wfumig wfumig = new Wfumig()

    def setup() {
        server.drop('list_staging', 'list_uat_wfumig_kept')
        server.load('list_dev', 'dev')
        server.load('list_uat', 'uat')
        // Site 99 is on uat alone; site 5 is not on uat; site 43 lives under another path there.
        server.sql('''
            INSERT INTO wp_blogs SELECT 99, site_id, 'only.uat.test', '/', registered, last_updated, 1, 0, 0, 0, 0, 7 FROM wp_blogs WHERE blog_id = 3;
            INSERT INTO wp_blogmeta (blog_id, meta_key, meta_value) VALUES (99, 'kept', 'yes');
            CREATE TABLE wp_99_options LIKE wp_3_options; INSERT INTO wp_99_options SELECT * FROM wp_3_options;
            DELETE FROM wp_blogs WHERE blog_id = 5; DROP TABLE wp_5_options, wp_5_posts;
            UPDATE wp_blogs SET path = '/shop/' WHERE blog_id = 43''', 'list_uat')
    }

    def cleanupSpec() {
        server.drop('list_dev', 'list_uat', 'list_staging', 'list_uat_wfumig_kept')
    }

    private int run(String sites) {
        wfumig.call('run', wfumig.plan("""
            migration('list') {
              ${wfumig.ends(server, 'list_dev', server, 'list_uat')}
              staging { schema 'list_staging' }
              sites { $sites }
            }""").toString(), '--yes')
    }

    private List<List<String>> sites(String where = '1') {
        server.rows("SELECT blog_id, domain, path, lang_id FROM list_uat.wp_blogs WHERE $where ORDER BY 1")
    }

    def 'with the network tables, sites of the target alone stay, new ones come, addresses are the target own'() {
        given:
        def other = server.picture(['list_uat'])['list_uat.wp_99_options']

        expect:
        run('all(); networkTables()') == 0
        sites('blog_id IN (99, 5, 43, 8)') == [['5', 'uat.wfu.test', '/library/', '0'], ['8', 'law.uat.wfu.test', '/', '0'], ['43', 'uat.wfu.test', '/shop/', '0'], ['99', 'only.uat.test', '/', '7']]
        server.rows("SELECT meta_value FROM list_uat.wp_blogmeta WHERE blog_id = 99") == [['yes']]
        server.rows("SELECT COUNT(*) FROM list_uat.wp_blogmeta WHERE blog_id <> 99") == server.rows('SELECT COUNT(*) FROM list_dev.wp_blogmeta')
        server.picture(['list_uat'])['list_uat.wp_99_options'] == other
        server.rows("SELECT option_value FROM list_uat.wp_43_options WHERE option_name = 'home'") == [['http://uat.wfu.test/shop']]
    }

    def 'without the network tables only a new site changes the list, and rollback takes its row back'() {
        given:
        def before = sites()

        expect:
        run('sites 5, 22') == 0
        sites().size() == before.size() + 1
        sites('blog_id = 5') == [['5', 'uat.wfu.test', '/library/', '0']]
        wfumig.call('rollback') == 0
        sites() == before
    }

    def 'the network itself answers where the main site does, and a rollback asks nobody about rows that the run added'() {
        given:
        server.sql("UPDATE list_uat.wp_blogs SET path = '/wp/' WHERE blog_id = 1; UPDATE list_uat.wp_site SET path = '/wp/'")
        def before = sites()

        expect:
        run('all(); networkTables()') == 0
        server.rows('SELECT domain, path FROM list_uat.wp_site') == [['uat.wfu.test', '/wp/']]
        sites('blog_id = 1') == [['1', 'uat.wfu.test', '/wp/', '0']]
        wfumig.call('rollback') == 0
        sites() == before
    }

    def 'a site that was added to the target after the preview keeps its row'() {
        given:
        def plan = wfumig.plan("""
            migration('list') {
              ${wfumig.ends(server, 'list_dev', server, 'list_uat')}
              staging { schema 'list_staging' }
              sites { all(); networkTables() }
            }""").toString()
        server.sql("CREATE DATABASE list_staging; CREATE TABLE list_staging.foreign_table (id INT)")
        wfumig.call('run', plan, '--yes')
        server.sql("DROP TABLE list_staging.foreign_table; INSERT INTO list_uat.wp_blogs SELECT 500, site_id, 'late.uat.test', '/', registered, last_updated, 1, 0, 0, 0, 0, 7 FROM list_uat.wp_blogs WHERE blog_id = 3")

        expect:
        wfumig.call('resume') == 0
        sites('blog_id = 500') == [['500', 'late.uat.test', '/', '7']]
    }

    def 'sites that do not move keep their row although the network tables come from the source'() {
        given:
        server.sql("UPDATE list_uat.wp_blogs SET domain = 'own.uat.test' WHERE blog_id = 3")

        expect:
        run('sites 22; networkTables()') == 0
        sites('blog_id IN (3, 5)') == [['3', 'own.uat.test', '/news/', '0']]
    }

    def 'a foreign key of another application follows to the new table, and back'() {
        given:
        server.sql('''CREATE TABLE crm_people (id INT PRIMARY KEY, post BIGINT UNSIGNED, CONSTRAINT crm_post FOREIGN KEY (post) REFERENCES wp_22_posts (ID) ON DELETE SET NULL) ENGINE=InnoDB;
            INSERT INTO crm_people SELECT 1, MIN(ID) FROM wp_22_posts''', 'list_uat')
        def parent = { server.rows("SELECT unique_constraint_schema, referenced_table_name, delete_rule FROM information_schema.referential_constraints WHERE constraint_name = 'crm_post'") }

        expect:
        run('sites 22') == 0
        parent() == [['list_uat', 'wp_22_posts', 'SET NULL']]
        wfumig.call('rollback') == 0
        parent() == [['list_uat', 'wp_22_posts', 'SET NULL']]
    }
}
