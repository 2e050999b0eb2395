package edu.wfu.wfumig.report

import com.fasterxml.jackson.databind.ObjectMapper
import com.sun.net.httpserver.HttpServer
import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import java.time.Duration
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

/** Who is told how a run goes, and that a run does not care whether they listen. */
class AnnouncerSpec extends Specification {
    @Shared TestServer server = TestServer.embedded()
    @Shared HttpServer hooks = HttpServer.create(new InetSocketAddress('127.0.0.1', 0), 0)
    @Shared List<Map> heard = Collections.synchronizedList([])
    @Shared List<Integer> answers = Collections.synchronizedList([])
    Wfumig wfumig = new Wfumig()

    def setupSpec() {
        server.load('tell_dev', 'dev')
        server.load('tell_uat', 'uat')
        hooks.createContext('/') { exchange ->
            heard << [type: exchange.requestHeaders.getFirst('Content-Type')] + (new ObjectMapper().readValue(exchange.requestBody, Map) as Map)
            exchange.sendResponseHeaders(answers ? answers.remove(0) : 200, -1)
            exchange.close()
        }
        hooks.start()
    }

    def setup() {
        heard.clear()
        answers.clear()
        wfumig.environment['WFUMIG_SECRET_OPS_HOOK'] = address('hook-path-that-is-secret')
    }

    def cleanupSpec() {
        hooks.stop(0)
        server.drop('tell_dev', 'tell_uat', 'tell_staging')
    }

    private String address(String path) { "http://127.0.0.1:${hooks.address.port}/$path" }

    private String plan(String on = '', String more = '') {
        wfumig.plan("""
            migration('tell') {
              ${wfumig.ends(server, 'tell_dev', server, 'tell_uat')}
              staging { schema 'tell_staging' }
              sites { sites 3, 22 }
              notify { webhook secret('ops-hook'); $on }
              $more
            }""").toString()
    }

    private String said(Closure<?> what) {
        def before = System.err
        def text = new ByteArrayOutputStream()
        System.err = new PrintStream(text, true)
        try {
            what()
        } finally {
            System.err = before
        }
        text.toString()
    }

    def 'a run tells when it starts and how it ends, in JSON that Slack takes'() {
        expect:
        wfumig.call('run', plan(), '--yes') == 0
        heard*.event == ['started', 'done']
        heard*.run.every { it == wfumig.runId() }
        heard.every { it.type == 'application/json; charset=utf-8' && it.plan == 'tell' && it.source == 'dev' && it.target == 'uat' }
        heard[0].text == "${wfumig.runId()} (dev -> uat) started, 0 of 2 scopes"
        heard[1].text.startsWith("${wfumig.runId()} (dev -> uat) done and verified, 2 of 2 scopes\nUndo it:  wfumig rollback")
        [heard[1].scopes, heard[1].done, heard[1].failed] == [2, 2, []]
    }

    def 'failed and paused are told with the reason and the way on; only what was asked for is told'() {
        given:
        server.sql("CREATE OR REPLACE TABLE tell_dev.wp_22_clash (u VARCHAR(50) PRIMARY KEY); INSERT INTO tell_dev.wp_22_clash VALUES ('dev.wfu.test'), ('uat.wfu.test')")

        when:
        def code = wfumig.call('run', plan("on ${moments.join(', ')}", more), '--yes')

        then:
        code == expected
        heard*.event == [event]
        heard[0].failed*.scope == ['site-22']
        heard[0].failed[0].why.contains('Duplicate entry')
        heard[0].text.contains("Go on:    wfumig resume ${wfumig.runId()}")

        when:
        heard.clear()

        then: 'what is resumed and fails again'
        wfumig.call('resume') == expected
        heard*.event == [event]

        cleanup:
        server.sql('DROP TABLE tell_dev.wp_22_clash')

        where:
        moments              | more                                       || expected | event
        ['failed', 'paused'] | ''                                         || 3        | 'failed'
        ['paused']           | 'failures { maxConsecutive 1, then: pause }; parallel { sites 1 }' || 4 | 'paused'
    }

    def 'a run that breaks before its first step is told as failed'() {
        expect:
        wfumig.call('run', plan('', "archive { directory '/proc/nothing' }"), '--yes') == 1
        heard*.event == ['started', 'failed']
        heard[1].why.contains('archive cannot be written')
    }

    def 'a hook that #what never fails a run, and its address is not told'() {
        given:
        if (address != null) wfumig.environment['WFUMIG_SECRET_OPS_HOOK'] = address
        else wfumig.environment.remove('WFUMIG_SECRET_OPS_HOOK')
        answers.addAll(statuses)
        int code = -1

        when:
        def text = said { code = wfumig.call('run', plan('on done'), '--yes') }

        then:
        code == 0
        text.contains(message)
        !text.contains('secret-path')
        heard.size() == times

        where:
        what                 | address                                  | statuses        || times | message
        'is refused'         | "http://127.0.0.1:${hooks.address.port}/secret-path".toString() | [404] || 1 | 'nobody was notified: the webhook at 127.0.0.1: it answers with status 404'
        'is not there'       | 'http://127.0.0.1:1/secret-path'         | []              || 0     | 'nobody was notified: the webhook at 127.0.0.1: ConnectException'
        'is no address'      | 'not an address: secret-path'            | []              || 0     | "nobody was notified: the secret 'ops-hook' is no address"
        'is not encrypted'   | 'http://hooks.example/secret-path'       | []              || 0     | "the webhook's address does not begin with https://"
        'has no value'       | null                                     | []              || 0     | "nobody was notified: the secret 'ops-hook' has no value"
    }

    def 'what may pass is tried three times: #statuses'() {
        given:
        answers.addAll(statuses)
        def hook = new Webhook(URI.create(address('x')), Duration.ofMillis(1))
        def failed = null

        when:
        try {
            hook.post('{}')
        } catch (IOException e) {
            failed = e.message
        }

        then:
        heard.size() == times
        failed == why

        where:
        statuses        || times | why
        [503, 429, 204] || 3     | null
        [500, 500, 500] || 3     | 'the webhook at 127.0.0.1: it answers with status 500'
        [302]           || 1     | 'the webhook at 127.0.0.1: it answers with status 302'
    }
}
