package edu.wfu.wfumig.cli

import com.fasterxml.jackson.databind.ObjectMapper
import edu.wfu.wfumig.support.Bytes
import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import spock.lang.Shared
import spock.lang.Specification

class PlanSpec extends Specification {
    @Shared TestServer server = TestServer.embedded()
    @Shared Wfumig wfumig = new Wfumig()

    def setupSpec() {
        server.load('plan_dev', 'dev')
        server.load('plan_uat', 'uat')
    }

    def cleanupSpec() {
        server.drop('plan_dev', 'plan_uat', 'plan_staging', 'plan_uat_wfumig_kept')
    }

    private String plan(String more = '') {
        wfumig.plan("""
            migration('look') {
              ${wfumig.ends(server, 'plan_dev', server, 'plan_uat')}
              staging { schema 'plan_staging' }
              sites { all(); networkTables() }
              tables { exclude '*_links'; structureOnly '*_no_pk_log'; where '*_posts', "post_status <> 'auto-draft'" }
              largeSites { sites 43; largerThan 3.MB; deferToEnd() }
              archive { directory '${wfumig.home}/archive' }
              $more
            }""").toString()
    }

    def 'plan writes nothing: not to a server, not to a disk'() {
        given:
        def file = plan()
        def servers = server.picture(server.rows('SHOW DATABASES')*.get(0) - ['information_schema', 'performance_schema', 'sys', 'mysql'])
        def schemas = server.rows('SHOW DATABASES')
        def files = Bytes.filesBelow(wfumig.home)

        expect:
        wfumig.call('plan', file) == 0
        wfumig.call('run', file, '--dry-run') == 0
        wfumig.call('plan', file, '--format', 'markdown') == 0
        server.rows('SHOW DATABASES') == schemas
        server.picture(schemas*.get(0) - ['information_schema', 'performance_schema', 'sys', 'mysql']) == servers
        Bytes.filesBelow(wfumig.home) == files
    }

    def 'the preview says what moves, what each rule caught, and what to look at'() {
        expect:
        wfumig.call('plan', plan()) == 0
        expected.every { wfumig.out.contains(it) }

        where:
        expected << [['17 scopes', 'law.dev.wfu.test/           law.uat.wfu.test/', 'site-22', ', large'],
                     ["exclude '*_links' (line", "structureOnly '*_no_pk_log' (line", 'wp_43_no_pk_log'],
                     ['site-43: wp_43_links, wp_43_old_plugin', 'orphan tables stay behind, no site 6: wp_6_gf_entry', 'tables of other applications stay behind: otherapp_urls, wpx43_posts'],
                     ['dev.wfu.test -> uat.wfu.test', 'Nothing was written. Digest ']]
    }

    def 'JSON holds all of it; Markdown is for pull requests'() {
        when:
        wfumig.call('plan', plan(), '--format', 'json')
        def json = new ObjectMapper().readTree(wfumig.out)

        then:
        json.at('/graph/scopes').size() == 17
        json.at('/graph/digest').asText().length() == 64
        json.at('/graph/scopes/0/id').asText() == 'network'

        when:
        wfumig.call('plan', plan(), '--format', 'markdown')

        then:
        wfumig.out.startsWith('## look: dev -> uat')
        wfumig.out.contains('| scope | from | to |')
    }

    def 'two previews of an unchanged network have one digest'() {
        expect:
        digest() == digest()
    }

    private String digest() {
        wfumig.call('plan', plan())
        (wfumig.out =~ /Digest (\w+)/)[0][1]
    }

    def 'exit code 10 tells a script that there is something to move'() {
        expect:
        wfumig.call('plan', plan(), '--exit-code') == 10
    }

    def 'a saved plan runs as it was previewed, and is refused when reality has outgrown it'() {
        given:
        def saved = wfumig.home.resolve('saved.json').toString()
        wfumig.call('plan', plan('parallel { sites 3 }'), '--out', saved)

        when:
        server.sql('CREATE TABLE plan_dev.wp_22_newcomer (id INT PRIMARY KEY)')

        then:
        wfumig.call('run', saved, '--yes') == 6
        wfumig.err.contains('changed since')
        !Files.exists(wfumig.state)

        when:
        server.sql('DROP TABLE plan_dev.wp_22_newcomer')

        then:
        wfumig.call('run', saved, '--yes') == 0
        server.rows("SELECT COUNT(*) FROM plan_uat.wp_43_no_pk_log") == [['0']]
        server.rows("SELECT COUNT(*) FROM plan_uat.wp_22_posts WHERE post_status = 'auto-draft'") == [['0']]
        server.rows("SELECT COUNT(*) FROM plan_uat.wp_22_posts")[0][0].toInteger() == server.rows("SELECT COUNT(*) FROM plan_dev.wp_22_posts WHERE post_status <> 'auto-draft'")[0][0].toInteger()

        and: 'the large site came last'
        def journal = Files.readString(wfumig.run().resolve('journal.jsonl'))
        journal.indexOf('site-90/export') < journal.indexOf('site-43/export')
    }

    def 'validate needs no database'() {
        given:
        def file = wfumig.plan("""
            migration('far') {
              environment('dev') { mysql { host 'far.invalid'; schema 'a'; user 'u'; password secret('x') }; url 'http://a.test' }
              environment('uat') { mysql { host 'away.invalid'; schema 'b'; user 'u'; password secret('x') }; url 'http://b.test' }
              from 'dev'
              to 'uat'
              sites { all() }
            }""", 'far.migration.groovy')

        expect:
        wfumig.call('validate', file.toString()) == 0
        wfumig.call('validate', file.toString().replace('.migration.groovy', '.groovy')) == 0
        wfumig.out.contains('is a valid plan: far, dev -> uat')
    }
}
