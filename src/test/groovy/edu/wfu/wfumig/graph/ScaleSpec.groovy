package edu.wfu.wfumig.graph

import edu.wfu.wfumig.dsl.OutsideValues
import edu.wfu.wfumig.dsl.PlanLanguage
import edu.wfu.wfumig.report.Preview
import edu.wfu.wfumig.support.ExampleNetwork
import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import spock.lang.Shared
import spock.lang.Specification

/** A network of 10,000 sites. Times are printed, not asserted; the memory is a limit of the JVM. */
class ScaleSpec extends Specification {
    static final int SITES = 10_000

    /** Sites with tables on a real server; ten thousand of them on demand, because to make their files takes a minute. */
    static final int REAL = (System.getenv('WFUMIG_SITES') ?: 1_500) as int
    static final List<String> TABLES = ['options', 'posts', 'postmeta', 'terms']
    static final Set<String> OWN = ['MYI', 'MYD', 'frm'] as Set

    @Shared TestServer server = TestServer.embedded()

    /** Tables are made by linking the files of a MyISAM table, which MariaDB finds by itself: 40,000 in seconds. */
    def setupSpec() {
        server.drop('scale_dev', 'scale_uat', 'scale_uat_wfumig_kept')
        server.sql("""
            CREATE DATABASE scale_dev; CREATE DATABASE scale_uat; USE scale_dev;
            CREATE TABLE wp_blogs (blog_id BIGINT PRIMARY KEY, site_id BIGINT, domain VARCHAR(200), path VARCHAR(100), registered DATETIME,
              last_updated DATETIME, public TINYINT, archived TINYINT, mature TINYINT, spam TINYINT, deleted TINYINT, lang_id INT) ENGINE=MyISAM;
            INSERT INTO wp_blogs SELECT seq, 1, 'dev.wfu.test', IF(seq = 1, '/', CONCAT('/s', seq, '/')), NOW(), NOW(), 1, 0, 0, 0, 0, 0 FROM seq_1_to_$REAL;
            CREATE TABLE uni (ID BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, option_name VARCHAR(191), option_value LONGTEXT, KEY (option_name)) ENGINE=MyISAM DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
            INSERT INTO uni VALUES (1, 'home', 'http://dev.wfu.test'); FLUSH TABLES""")
        def folder = Path.of(server.rows('SELECT @@datadir')[0][0], 'scale_dev')
        (2..REAL).each { site ->
            TABLES.each { table -> OWN.each { end -> Files.createLink(folder.resolve("wp_${site}_${table}.$end"), folder.resolve("uni.$end")) } }
        }
        Files.list(folder).withCloseable { files -> files.filter { it.fileName.toString().startsWith('uni.') }.toList() }.each { Files.delete(it) }
        server.sql("CREATE TABLE scale_uat.wp_blogs LIKE scale_dev.wp_blogs; INSERT INTO scale_uat.wp_blogs SELECT * FROM scale_dev.wp_blogs WHERE blog_id < ${REAL * 9 / 10 as int}; UPDATE scale_uat.wp_blogs SET domain = 'uat.wfu.test'")
    }

    def cleanupSpec() {
        server.drop('scale_dev', 'scale_uat')
    }

    def 'is surveyed, compiled and previewed within 256 MB'() {
        given:
        def wfumig = new Wfumig()
        def plan = wfumig.plan("""
            migration('scale') {
              ${wfumig.ends(server, 'scale_dev', server, 'scale_uat')}
              sites { all() }
            }""")
        def command = [Path.of(System.getProperty('java.home'), 'bin', 'java').toString(), '-Xmx256m', '-XX:TieredStopAtLevel=1', '-XX:+ExitOnOutOfMemoryError', '-cp', System.getProperty('java.class.path'),
                       'edu.wfu.wfumig.cli.Main', 'plan', plan.toString(), '--state-dir', wfumig.state.toString()]
        def builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(wfumig.home.resolve('plan.log').toFile())
        builder.environment().putAll(wfumig.environment)

        when:
        def start = System.nanoTime()
        def process = builder.start()
        process.waitFor(5, TimeUnit.MINUTES)
        println "$REAL sites with ${(REAL - 1) * TABLES.size()} tables: preview in ${(System.nanoTime() - start).intdiv(1_000_000)} ms"
        def out = Files.readString(wfumig.home.resolve('plan.log'))

        then:
        process.exitValue() == 0
        out.contains(sprintf('%,d scopes', REAL))
        out.contains(sprintf('… and %,d more', REAL - 60))
        out.contains('dev.wfu.test -> uat.wfu.test')
    }

    def 'compiles in memory: #what'() {
        given:
        def source = ExampleNetwork.holding('wp_dev', (1..sites).collect { ExampleNetwork.site(it, host(it, 'dev'), path(it)) })
        def target = ExampleNetwork.holding('wp_uat', (1..sites.intdiv(5) * 4).collect { ExampleNetwork.site(it, host(it, 'uat'), path(it)) })
        def plan = PlanLanguage.read('''
            migration('scale') {
              environment('dev') { embedded { schema 'wp_dev' }; url 'http://dev.wfu.test' }
              environment('uat') { embedded { schema 'wp_uat' }; url 'https://uat.wfu.test' }
              from 'dev'
              to 'uat'
              sites { all(); only { !spam }; networkTables() }
              tables { exclude '*_links' }
            }'''.stripIndent(), 'scale.groovy', new OutsideValues([:], [:]))

        when:
        def start = System.nanoTime()
        def graph = Compiler.compile(plan, new edu.wfu.wfumig.inventory.Inventory(source, target))
        def text = new Preview(plan, graph).text()
        println "compiled $what in ${(System.nanoTime() - start).intdiv(1_000_000)} ms"

        then:
        graph.scopes().size() == sites + 1
        graph.steps().size() > 6 * sites
        text.contains(sprintf('%,d scopes', sites + 1))

        where:
        what           | host                                                     | path
        'subdirectories' | { int i, String env -> "${env}.wfu.test".toString() }  | { int i -> i == 1 ? '/' : "/s$i/".toString() }
        'subdomains'   | { int i, String env -> i == 1 ? "${env}.wfu.test".toString() : "s${i}.${env}.wfu.test".toString() } | { int i -> '/' }
        'own domains'  | { int i, String env -> i == 1 ? "${env}.wfu.test".toString() : "s${i}.${env}".toString() } | { int i -> '/' }
        // The one whose rules are most; on demand, all of them.
        sites = what == 'own domains' || System.getenv('WFUMIG_SITES') ? SITES : 1_000
    }
}
