package edu.wfu.wfumig.steps

import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Shared
import spock.lang.Specification

/** The fixture network into an empty schema, under a host of another length and another scheme. */
class FreshTargetSpec extends Specification {
    static final List<List<String>> CASES = Files.readAllLines(Path.of('src/test/resources/wordpress/cases-confirmed-by-php.tsv'))*.split('\t')*.toList()

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

    def 'a target without WordPress needs an address'() {
        given:
        def text = plan('all(); networkTables()')
        Files.writeString(Path.of(text), Files.readString(Path.of(text)).replace("url 'https://production.wfu.example'", ''))

        expect:
        wfumig.call('run', text, '--yes') == 2
        wfumig.err.contains("environment 'uat' has no url")
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
    }

    /**
     * Results that PHP 8.2 confirmed: unserialized, walked and compared with what a replacement of every string in them
     * gives; JSON and text likewise. Stored as length and SHA-256.
     */
    def 'the hard values of site 22 come out as PHP confirmed them'() {
        given:
        wfumig.call('run', plan('all(); networkTables()'), '--yes')
        def found = server.rows("SELECT option_name, LENGTH(option_value), SHA2(option_value, 256) FROM fresh_prod.wp_22_options WHERE option_name LIKE 'wfu\\_ca%'").collectEntries { [it[0], it.tail()] }

        expect:
        CASES.size() >= 62
        CASES.each { name, length, digest -> assert [name, found[name.replace('dev.wfu.test', 'production.wfu.example').replace('http:', 'https:')]] == [name, [length, digest]] }

        and: 'post meta holds the same values under the same names'
        CASES.findAll { it[0].startsWith('wfu_case_') && it[0] != 'wfu_case_big_2mb' }.every { name, length, digest ->
            server.rows("SELECT LENGTH(meta_value), SHA2(meta_value, 256) FROM fresh_prod.wp_22_postmeta WHERE meta_key = '_$name'") == [[length, digest]]
        }
    }
}
