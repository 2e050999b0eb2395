package edu.wfu.wfumig.cli

import edu.wfu.wfumig.Refusal
import edu.wfu.wfumig.dsl.PlanLanguage
import edu.wfu.wfumig.plan.Archive
import edu.wfu.wfumig.plan.Plan
import edu.wfu.wfumig.support.TestS3
import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import spock.lang.Specification

/** What plans leave out comes from where it is configured. */
class ConfigSpec extends Specification {
    Wfumig wfumig = new Wfumig()
    Path userFile = wfumig.home.resolve('config/wfumig/config.json')
    Path projectFile = wfumig.home.resolve('wfumig.json')

    def setup() { wfumig.environment['WFUMIG_PROJECT_FILE'] = projectFile.toString() }

    private Plan plan(String uat, Map<String, String> set = [:], String more = '') {
        PlanLanguage.read("""
            migration('configured') {
              environment('dev') { mysql { host 'h'; schema 'wp_dev'; user 'u' }; url 'http://dev.test' }
              $uat
              from 'dev'
              to 'uat'
              sites { all() }
              $more
            }""", 'configured.groovy', PlanOptions.values(wfumig.environment, [:], set))
    }

    private void configured(String... settings) { assert wfumig.call('config', 'env', 'uat', 'set', *settings) == 0 }

    def 'the host is that of #where'() {
        given:
        configured('schema=wp_uat', 'user=wfumig', 'url=http://uat.test')
        if (user) configured('host=of-the-user')
        if (project) assert wfumig.call('config', 'env', 'uat', 'set', 'host=of-the-project', '--project') == 0
        if (variable) wfumig.environment['WFUMIG_ENV_UAT_HOST'] = 'of-the-variable'

        when:
        def read = plan(inPlan ? "environment('uat') { mysql { host 'of-the-plan' } }" : "environment 'uat'", flag ? ['env.uat.host': 'of-the-flag'] : [:])

        then:
        read.target().server().host() == where
        read.inputs().any { it.kind() == 'config' && it.name() == 'env.uat.host' && it.value() == where } == !(inPlan && !flag)

        where:
        flag  | inPlan | variable | project | user  || where
        true  | true   | true     | true    | true  || 'of-the-flag'
        false | true   | true     | true    | true  || 'of-the-plan'
        false | false  | true     | true    | true  || 'of-the-variable'
        false | false  | false    | true    | true  || 'of-the-project'
        false | false  | false    | false   | true  || 'of-the-user'
    }

    def 'an environment without details takes all of them: #text'() {
        given:
        configured('host=10.0.0.7', 'port=3307', 'schema=wp_uat', 'user=wfumig', 'secret=uat-db', 'prefix=net_', 'url=https://uat.wfu.test')
        wfumig.environment['WFUMIG_ENV_DEV_PREFIX'] = 'net_'

        when:
        def target = plan(text).target()

        then:
        target.server().toString() == '10.0.0.7:3307'
        target.server().user() == 'wfumig'
        target.server().password().name() == 'uat-db'
        [target.schema(), target.tablePrefix(), target.url()] == [schema, 'net_', 'https://uat.wfu.test']

        where:
        text                                              || schema
        "environment 'uat'"                               || 'wp_uat'
        "environment('uat') { }"                          || 'wp_uat'
        "environment('uat') { mysql { schema 'other' } }" || 'other'
    }

    def 'staging and S3 come from there, an archive only when the plan wants one'() {
        given:
        configured('host=h', 'schema=wp_uat', 'user=u')
        wfumig.call('config', 'staging', 'set', 'schema=wp_staging')
        wfumig.call('config', 's3', 'set', 'bucket=wfu-migrations', 'region=us-east-1', 'prefix=runs', 'access-key-secret=a', 'secret-key-secret=b')

        expect:
        plan("environment 'uat'").staging().schema() == 'wp_staging'
        plan("environment 'uat'", [:], "staging { schema 'mine' }").staging().schema() == 'mine'
        plan("environment 'uat'", ['staging.schema': 'flag'], "staging { schema 'mine' }").staging().schema() == 'flag'
        !plan("environment 'uat'").archive().keeps()

        when:
        def s3 = plan("environment 'uat'", [:], "archive { s3 { prefix 'mine' } }").archive() as Archive.S3

        then:
        [s3.bucket(), s3.region(), s3.prefix(), s3.keys().access().name(), s3.keys().secret().name()] == ['wfu-migrations', 'us-east-1', 'mine', 'a', 'b']

        when:
        wfumig.call('config', 'staging', 'set', 'host=10.0.0.9', 'user=s')

        then:
        plan("environment 'uat'").staging().server().toString() == '10.0.0.9:3306'
    }

    def 'what is configured is checked as if it stood in the plan: #setting'() {
        given:
        configured('host=h', 'schema=s', 'user=u', setting)

        when:
        plan("environment 'uat'")

        then:
        def refusal = thrown(Refusal)
        refusal.message.contains(message)

        where:
        setting         || message
        'port=none'     || "'none' is not a port"
        'port=70000'    || '70000 is not a port'
        'url=ftp://x'   || "'ftp://x' is not the address of a site"
        'prefix=a-b'    || "'a-b' cannot be a table prefix"
        'host='         || 'this server has no host'
    }

    def 'set, get and list; the file is the owner\'s alone'() {
        expect:
        wfumig.call('config', 'env', 'uat', 'set', 'host=10.0.0.7', 'user=wfumig') == 0
        PosixFilePermissions.toString(Files.getPosixFilePermissions(userFile)) == 'rw-------'
        wfumig.call('config', 'env', 'uat', 'get', 'host') == 0
        wfumig.out == '10.0.0.7\n'
        wfumig.call('config', 'env', 'uat', 'set', 'user=') == 0
        wfumig.call('config', 'env', 'uat', 'get', 'user') == 2
        wfumig.call('config', 'list') == 0
        wfumig.out =~ /env\.uat\.host +10\.0\.0\.7 +\(.*config\.json\)/
        !wfumig.out.contains('user ')

        when:
        wfumig.environment['WFUMIG_ENV_UAT_HOST'] = 'elsewhere'

        then:
        wfumig.call('config', 'env', 'uat', 'list') == 0
        wfumig.out =~ /env\.uat\.host +elsewhere +\(WFUMIG_ENV_UAT_HOST\)/
    }

    def 'refused: #words'() {
        given:
        configured('host=h')

        expect:
        wfumig.call(words.split(' ')) == 2
        wfumig.err.contains(message)
        !wfumig.err.contains('hunter2')

        where:
        words                                          || message
        'config env uat set password=hunter2'          || 'a configuration holds no passwords'
        'config s3 set session-token=hunter2'          || 'a configuration holds no passwords'
        'config env uat set hots=x'                    || "'hots' is not a setting of env"
        'config env uat get hots'                      || "'hots' is not a setting of env"
        'config env uat set'                           || 'nothing to set'
        'config env uat set host'                      || "'host' without a value"
        'config wizard'                                || 'there is no terminal'
        'validate nowhere --set env.uat.hots=x'        || 'there is no plan file'
    }

    def 'a user\'s file that others can read is refused by whatever needs it'() {
        given:
        configured('host=h')
        Files.setPosixFilePermissions(userFile, PosixFilePermissions.fromString('rw-r--r--'))

        expect:
        wfumig.call('config', 'list') == 1
        wfumig.err.contains("chmod 600 $userFile")
        wfumig.call('validate', wfumig.plan("migration('x') { }").toString()) == 1
        wfumig.call('config', 'env', 'uat', 'set', 'host=x') == 1
    }

    def 'a file that is no JSON is named, and not overwritten'() {
        given:
        Files.writeString(projectFile, 'host: x')

        expect:
        wfumig.call('config', 'list') == 1
        wfumig.err.contains("$projectFile cannot be used")
        wfumig.call('config', 'env', 'uat', 'set', 'host=x', '--project') == 1
        Files.readString(projectFile) == 'host: x'
    }

    def 'the wizard asks, tries each connection, lets it be corrected, and writes what a plan needs'() {
        given:
        def server = TestServer.embedded()
        server.load('wizard_dev', 'dev')
        server.load('wizard_uat', 'uat')
        def s3 = new TestS3()
        wfumig.terminal.answers = ['dev', '', '127.0.0.1', "${server.port()}".toString(), 'wizard_dev', server.user(), 'http://dev.wfu.test', '', 'wrong', 'yes',
                                   '', '', '', '', '', '', '', server.password(),
                                   'uat', '', '127.0.0.1', "${server.port()}".toString(), 'wizard_none', server.user(), 'http://uat.wfu.test', 'uat-db', server.password(), 'yes',
                                   '', '', '', 'wizard_uat', '', '', '', '',
                                   '', 'wizard_staging',
                                   TestS3.BUCKET, '', 'runs', s3.endpoint(), '', 's3-access', 's3-secret', TestS3.ACCESS, TestS3.SECRET]

        expect:
        wfumig.call('config', 'wizard') == 0
        wfumig.terminal.answers == []
        wfumig.out.contains('refuses user')
        wfumig.out.contains('the schema wizard_dev is there')
        wfumig.out.contains('the schema wizard_none is not there')
        wfumig.out.contains('can be written')
        !(wfumig.out + Files.readString(userFile)).contains(server.password())
        !Files.readString(userFile).contains(TestS3.SECRET)

        when: 'a plan says nothing but names, and a run keeps what it was given'
        def file = wfumig.plan("""
            migration('short') {
              environment 'dev'
              environment 'uat'
              from 'dev'
              to 'uat'
              sites { sites 3 }
              archive { s3 { } }
            }""").toString()

        then:
        wfumig.call('run', file, '--yes') == 0
        wfumig.out.contains("config('env.uat.host') = 127.0.0.1")
        wfumig.out.contains('archived in s3://wfu-migrations/runs')

        when: 'what is configured later is another matter'
        configured('host=elsewhere.invalid')

        then:
        wfumig.call('rollback') == 0
        wfumig.call('mark', 'uat') == 1
        wfumig.err.contains('elsewhere.invalid')
        wfumig.call('config', 'env', 'uat', 'set', 'host=127.0.0.1') == 0
        wfumig.call('mark', 'uat') == 0
        wfumig.call('mark', 'pprd') == 2
        wfumig.err.contains("of the environment 'pprd' no host is configured")

        cleanup:
        s3?.close()
        server?.drop('wizard_dev', 'wizard_uat', 'wizard_staging')
    }
}
