package edu.wfu.wfumig.cli

import com.fasterxml.jackson.databind.ObjectMapper
import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import spock.lang.Shared
import spock.lang.Specification

/** Broken surroundings, each found before anything is written. What broken settings of servers do, MysqlExaminationSpec shows. */
class DoctorSpec extends Specification {
    @Shared TestServer server = TestServer.embedded()
    Wfumig wfumig = new Wfumig()

    def setupSpec() {
        server.load('sick_dev', 'dev')
        server.load('sick_uat', 'uat')
        server.sql('CREATE DATABASE sick_empty; CREATE DATABASE sick_with_a_name_that_is_longer_than_it_should_be; CREATE DATABASE sick_foreign; CREATE TABLE sick_foreign.precious (id INT)')
    }

    def cleanupSpec() {
        server.drop('sick_dev', 'sick_uat', 'sick_empty', 'sick_staging', 'sick_with_a_name_that_is_longer_than_it_should_be', 'sick_foreign')
        server.sql("DROP USER IF EXISTS 'sick'@'127.0.0.1'")
    }

    private String plan(Closure<String> change = { it }) {
        wfumig.plan(change("""
            migration('sick') {
              ${wfumig.ends(server, 'sick_dev', server, 'sick_uat')}
              staging { schema 'sick_staging' }
              sites { sites 3, 43 }
              archive { directory '${wfumig.home}/archive' }
            }""".toString())).toString()
    }

    /** Another account: it has these rights. */
    private void account(String how, String... grants) {
        server.sql("CREATE OR REPLACE USER 'sick'@'127.0.0.1' $how; " + grants.collect { "GRANT $it TO 'sick'@'127.0.0.1'" }.join('; '))
    }

    private static Closure<String> as(String environment) {
        return { String text -> text.replaceFirst(/(?s)(environment\('$environment'\).*?)user '\w+'; password secret\('\w+'\)/, '$1user \'sick\'; password secret(\'sick\')') }
    }

    def 'where all is well nothing is found, and nothing is written'() {
        given:
        def before = server.rows('SHOW DATABASES')
        def target = server.picture(['sick_uat'])

        expect:
        wfumig.call('doctor', plan()) == 0
        wfumig.out.contains('nothing was found that keeps it from running')
        wfumig.out.contains("the target is not marked yet; a run marks it as 'uat'")
        server.rows('SHOW DATABASES') == before
        server.picture(['sick_uat']) == target
        !Files.exists(wfumig.home.resolve('archive')) || Files.list(wfumig.home.resolve('archive')).count() == 0
        wfumig.call('doctor', plan(), '--json') == 0
        new ObjectMapper().readTree(wfumig.out).get('problems').isEmpty()
    }

    def 'caught: #what'() {
        given:
        def file = plan(change)
        wfumig.environment['WFUMIG_SECRET_SICK'] = 'sick'
        prepare.call(wfumig)

        expect:
        wfumig.call('doctor', file, *options) == code
        def all = wfumig.out + wfumig.err
        messages.every { message -> assert all.contains(message); true }
        !all.contains('Exception')
        !all.contains(server.password())

        cleanup:
        server.sql(restore)

        where:
        what                               | change | prepare | restore | options | code || messages
        'a wrong password'                 | { it } | { w -> w.environment['WFUMIG_SECRET_TARGET'] = 'wrong' } | 'DO 1' | [] | 1 || ['target: the server at', 'refuses user', 'check the plan\'s user']
        'two wrong passwords'              | { it } | { w -> ['SOURCE', 'TARGET'].each { side -> w.environment["WFUMIG_SECRET_$side".toString()] = 'wrong' } } | 'DO 1' | [] | 1 || ['source: the server at', 'target: the server at', '2 problems']
        'no passwords'                     | { it } | { w -> ['SOURCE', 'TARGET'].each { side -> w.environment.remove("WFUMIG_SECRET_$side".toString()) } } | 'DO 1' | [] | 1 || ["the secret 'source' has no value", "the secret 'target' has no value", 'wfumig secret set target']
        'a secret in a file that is gone'  | { it } | { w -> w.environment.remove('WFUMIG_SECRET_TARGET'); w.environment['WFUMIG_SECRET_TARGET_FILE'] = '/nowhere/x' } | 'DO 1' | [] | 1 || ["the secret's file /nowhere/x is not there"]
        'a secret that others can read'    | { it } | { w -> w.environment.remove('WFUMIG_SECRET_TARGET'); open(w.home.resolve('config/wfumig/secrets/target')) } | 'DO 1' | [] | 1 || ['can be read or written by others', 'chmod 600']
        'settings that others can read'    | { it } | { w -> open(w.home.resolve('config/wfumig/config.json')) } | 'DO 1' | [] | 1 || ['can be read or written by others', 'chmod 600']
        'an archive without its keys'      | { it.replaceFirst(/archive \{.*\}/, "archive { s3 { bucket 'bucket'; region 'us-east-1'; accessKey secret('a'); secretKey secret('b') } }") } | { } | 'DO 1' | [] | 1 || ["the secret 'a' has no value", "the secret 'b' has no value"]
        'a port where nobody answers'      | { it.replaceFirst(/port \d+/, 'port 1') } | { } | 'DO 1' | [] | 1 || ['source: no MySQL or MariaDB server answers at 127.0.0.1:1']
        'an unknown host'                  | { it.replaceFirst("'127.0.0.1'", "'no.such.host.invalid'") } | { } | 'DO 1' | [] | 1 || ['no.such.host.invalid', 'check host and port']
        'a staging server that is away'    | { it.replace("staging { schema 'sick_staging' }", "staging { mysql { host '127.0.0.1'; port 1; schema 'sick_staging'; user 'x' } }") } | { } | 'DO 1' | [] | 1 || ['staging: no MySQL or MariaDB server answers']
        'a target schema that is missing'  | { it.replace("'sick_uat'", "'sick_none'") } | { } | 'DO 1' | [] | 1 || ["there is no schema 'sick_none'"]
        'a source schema that is missing'  | { it.replace("'sick_dev'", "'sick_none'") } | { } | 'DO 1' | [] | 1 || ["there is no schema 'sick_none'"]
        'a source without a network'       | { it.replace("'sick_dev'", "'sick_empty'") } | { } | 'DO 1' | [] | 2 || ['holds no WordPress network']
        'a target without a network'       | { it.replace("'sick_uat'", "'sick_empty'") } | { } | 'DO 1' | [] | 2 || ['add networkTables()']
        'source and target are one'        | { it.replace("'sick_uat'", "'sick_dev'") } | { } | 'DO 1' | [] | 2 || ["the same schema 'sick_dev'"]
        'another table prefix'             | { it.replaceAll(/url '/, "tablePrefix 'net_'; url '") } | { } | 'DO 1' | [] | 2 || ['net_blogs is missing']
        'a site that is not there'         | { it.replace('sites 3, 43', 'sites 3, 4711') } | { } | 'DO 1' | [] | 2 || ['4711']
        'an account that is locked'        | as('uat') | { account("IDENTIFIED BY 'sick' ACCOUNT LOCK") } | 'DO 1' | [] | 1 || ['is locked or its password has expired']
        'a password that has expired'      | as('uat') | { account("IDENTIFIED BY 'sick' PASSWORD EXPIRE", 'ALL ON *.*') } | 'DO 1' | [] | 1 || ['is locked or its password has expired']
        'an account that may only read'    | as('uat') | { account("IDENTIFIED BY 'sick'", 'SELECT, SHOW VIEW, TRIGGER ON sick_uat.*', 'ALL ON sick_staging.*') } | 'DO 1' | [] | 1 || ["GRANT CREATE ON `sick_uat`.* TO 'sick'", "GRANT INSERT ON `sick_uat`.* TO 'sick'"]
        'too few connections for proofs'   | { as('uat').call(it).replace('archive {', 'parallel { sites 2; chunks 2 }\narchive {') } | { account("IDENTIFIED BY 'sick' WITH MAX_USER_CONNECTIONS 12", 'ALL ON *.*') } | 'DO 1' | [] | 1 || ['gives an account 12 connections (max_user_connections)', 'at least 14']
        'a source that may not be shown'   | as('dev') | { account("IDENTIFIED BY 'sick'", 'SELECT ON sick_dev.*') } | 'DO 1' | [] | 1 || ["GRANT SHOW VIEW ON `sick_dev`.* TO 'sick'", "GRANT TRIGGER ON `sick_dev`.* TO 'sick'"]
        'staging that may not be written'  | as('uat') | { account("IDENTIFIED BY 'sick'", 'ALL ON sick_uat.*') } | 'DO 1' | [] | 1 || ["GRANT CREATE ON `sick_staging`.* TO 'sick'", 'the account on the staging\'s server']
        'old tables that cannot be kept'   | as('uat') | { account("IDENTIFIED BY 'sick'", 'CREATE ON *.*', 'ALL ON sick_uat.*', 'ALL ON sick_staging.*') } | 'DO 1' | [] | 1 || ["GRANT INSERT ON `sick_uat_wfumig_kept_%`.* TO 'sick'"]
        'a lag that may not be asked for'  | { as('dev').call(it).replace('archive {', 'throttle { pauseWhen replicaLag: 5.seconds }\narchive {') } | { account("IDENTIFIED BY 'sick'", 'SELECT, SHOW VIEW, TRIGGER, LOCK TABLES ON sick_dev.*') } | 'DO 1' | [] | 1 || ["GRANT REPLICA MONITOR ON *.* TO 'sick'"]
        'a target that may not be written' | { it } | { server.sql('SET GLOBAL read_only = 1') } | 'SET GLOBAL read_only = 0' | [] | 1 || ["the target's server may not be written (read_only)"]
        'a source that cuts results off'   | { it } | { server.sql('SET GLOBAL sql_select_limit = 100000') } | 'SET GLOBAL sql_select_limit = DEFAULT' | [] | 1 || ["the source's server cuts every result off after 100000 rows"]
        'statements that may not take long' | { it } | { server.sql('SET GLOBAL max_statement_time = 60') } | 'SET GLOBAL max_statement_time = 0' | [] | 1 || ["the source's server ends statements that take long", "the target's server ends statements that take long"]
        'a server that keeps no warnings' | { it } | { server.sql('SET GLOBAL max_error_count = 0') } | 'SET GLOBAL max_error_count = DEFAULT' | [] | 1 || ['keeps no warnings']
        'staging with tables of others'    | { it.replace("'sick_staging'", "'sick_foreign'") } | { } | 'DO 1' | [] | 1 || ["holds tables that are not wfumig's: precious"]
        'staging that is an environment'   | { it.replace("'sick_staging'", "'sick_dev'") } | { } | 'DO 1' | [] | 2 || ["the staging schema 'sick_dev' is that of environment 'dev'"]
        'a target marked as another one'   | { it } | { marked('sick_uat') } | 'DROP TABLE sick_uat.wfumig_mark' | [] | 1 || ["it is marked as 'prod', the plan calls it 'uat'"]
        'a source marked as another one'   | { it } | { marked('sick_dev') } | 'DROP TABLE sick_dev.wfumig_mark' | [] | 1 || ["the source is marked as 'prod', the plan calls it 'dev'"]
        'names of old tables too long'     | { it.replace("'sick_uat'", "'sick_with_a_name_that_is_longer_than_it_should_be'").replace('sites 3, 43', 'all(); networkTables()') } | { } | 'DO 1' | [] | 1 || ['would have names of 70 characters']
        'a work folder that is a file'     | { it } | { } | 'DO 1' | ['--work-dir', '/etc/passwd/x'] | 1 || ['the work folder /etc/passwd/x cannot be written', 'name another folder with --work-dir']
        'an archive that is a file'        | { it.replaceFirst(/directory '.*?'/, "directory '/etc/passwd/x'") } | { } | 'DO 1' | [] | 1 || ['the archive cannot be written']
    }

    private static void open(Path file) {
        Files.createDirectories(file.parent)
        Files.writeString(file, '{}')
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString('rw-r--r--'))
    }

    private void marked(String schema) {
        server.sql("CREATE OR REPLACE TABLE ${schema}.wfumig_mark (id TINYINT PRIMARY KEY, environment VARCHAR(190), server VARCHAR(500), place VARCHAR(64), marked DATETIME, marked_by VARCHAR(500));" +
                " INSERT INTO ${schema}.wfumig_mark VALUES (1, 'prod', CONCAT(@@hostname, ':', @@datadir), '$schema', NOW(), 'a spec')")
    }

    def 'the first step of a run finds the same, and writes nothing'() {
        given:
        def file = plan()
        server.sql('SET GLOBAL max_error_count = 0')
        def target = server.picture(['sick_uat'])

        expect:
        wfumig.call('run', file, '--yes') == 1
        wfumig.out.contains('keeps no warnings (max_error_count)')
        server.picture(['sick_uat']) == target

        cleanup:
        server.sql('SET GLOBAL max_error_count = DEFAULT')
    }

    def 'a hook without a value and a rehearsal that is wanted are told, but stand in nobody\'s way'() {
        expect:
        wfumig.call('doctor', plan { it.replaceFirst("url 'http://uat.wfu.test'", "url 'http://uat.wfu.test'; protect { requireRehearsal within: 1.days }").replace('archive {', "notify { webhook secret('hook') }\narchive {") }) == 0
        wfumig.out.contains("note: nobody will be notified: the secret 'hook' has no value")
        wfumig.out.contains('note: this plan was never rehearsed; a run will ask for a rehearsal')
    }
}
