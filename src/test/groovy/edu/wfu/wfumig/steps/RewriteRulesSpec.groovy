package edu.wfu.wfumig.steps

import com.fasterxml.jackson.databind.ObjectMapper
import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import spock.lang.Shared
import spock.lang.Specification

/** What a plan's rewrite block does in a real run. */
class RewriteRulesSpec extends Specification {
    @Shared TestServer server = TestServer.embedded()
    Wfumig wfumig = new Wfumig()

    def setup() {
        server.load('rules_dev', 'dev')
        server.load('rules_uat', 'uat')
        server.sql('''
            DELETE FROM wp_5_options WHERE option_name NOT IN ('siteurl', 'home', 'blogname');
            INSERT INTO wp_5_options (option_name, option_value, autoload) VALUES
              ('cdn', 'a:2:{i:0;s:24:"//cdn7.dev.wfu.test/a.js";i:1;s:13:"//cdn.x/1.css";}', 'no'),
              ('links', '<a href="http://DEV.wfu.test/library/">x</a> http:\\\\/\\\\/dev.wfu.test\\\\/library\\\\/a', 'no');
            UPDATE wp_5_posts SET post_content = 'see http://dev.wfu.test/library/p', guid = 'http://dev.wfu.test/library/?p=1' ''', 'rules_dev')
    }

    def cleanupSpec() {
        server.drop('rules_dev', 'rules_uat', 'rules_staging')
    }

    private int run(String rewrite) {
        wfumig.call('run', wfumig.plan("""
            migration('rules') {
              ${wfumig.ends(server, 'rules_dev', server, 'rules_uat')}
              staging { schema 'rules_staging' }
              sites { sites 5 }
              rewrite { $rewrite }
            }""").toString(), '--yes')
    }

    private String option(String name) {
        server.rows("SELECT option_value FROM rules_uat.wp_5_options WHERE option_name = '$name'")[0][0]
    }

    def 'an expression and the addresses work in one pass, and the report counts what each replaced'() {
        given:
        def everything = server.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'rules_dev' AND table_name LIKE 'wp\\_5\\_%'")
                .collectMany { server.rows("SELECT * FROM rules_dev.`${it[0]}`".toString()) }.flatten().join('\n')
        def guids = server.rows('SELECT COUNT(*) FROM rules_dev.wp_5_posts')[0][0] as int

        expect:
        run("replace regex(/cdn(\\d+)\\.dev\\.wfu\\.test/), with: 'img-long-\$1.wfu.example'; skipColumns '*_posts.guid'") == 0
        option('cdn') == 'a:2:{i:0;s:29:"//img-long-7.wfu.example/a.js";i:1;s:13:"//cdn.x/1.css";}'
        option('links') == '<a href="http://uat.wfu.test/library/">x</a> http:\\/\\/uat.wfu.test\\/library\\/a'
        server.rows('SELECT DISTINCT post_content, guid FROM rules_uat.wp_5_posts') == [['see http://uat.wfu.test/library/p', 'http://dev.wfu.test/library/?p=1']]
        wfumig.out.contains('1  regex cdn(\\d+)\\.dev\\.wfu\\.test -> img-long-$1.wfu.example')
        wfumig.call('status', '--json') == 0
        def replaced = new ObjectMapper().readValue(wfumig.out, Map).replaced
        replaced.findAll { rule, times -> rule.startsWith('regex') }.values().toList() == [1]
        replaced.findAll { rule, times -> !rule.startsWith('regex') }.values().sum() == (everything =~ /(?i)dev\.wfu\.test/).size() - guids - 1
    }

    def 'onlyTables leaves all other tables as they are'() {
        expect:
        run("onlyTables '*_options'") == 0
        option('home') == 'http://uat.wfu.test/library'
        server.rows('SELECT DISTINCT post_content, guid FROM rules_uat.wp_5_posts') == [['see http://dev.wfu.test/library/p', 'http://dev.wfu.test/library/?p=1']]
    }
}
