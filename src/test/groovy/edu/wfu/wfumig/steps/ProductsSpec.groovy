package edu.wfu.wfumig.steps

import edu.wfu.wfumig.support.Rows
import edu.wfu.wfumig.support.TestServer
import edu.wfu.wfumig.support.Wfumig
import spock.lang.Requires
import spock.lang.Specification

/** The fixture network between MariaDB and MySQL 9, in every direction. Skipped where no MySQL 9 can be had. */
@Requires(value = { TestServer.noMysql9().isEmpty() }, reason = 'no MySQL 9 here: Debian packages cannot be had')
class ProductsSpec extends Specification {
    def 'the whole network arrives from #from on #to, verified, every value as it was'() {
        given:
        def source = from == 'MySQL' ? TestServer.mysql9() : TestServer.embedded()
        def target = to == 'MySQL' ? TestServer.mysql9() : TestServer.embedded()
        def wfumig = new Wfumig()
        source.load('across_dev', 'dev')
        target.load('across_uat', 'uat')
        target.drop('across_staging', 'across_uat_wfumig_kept')
        def before = target.picture(['across_uat'])
        def plan = wfumig.plan("""
            migration('across') {
              ${wfumig.ends(source, 'across_dev', target, 'across_uat')}
              staging { schema 'across_staging' }
              sites { all(); networkTables() }
              backup { dump() }
            }""").toString()

        when:
        def code = wfumig.call('run', plan, '--yes')

        then:
        code == 0
        wfumig.out.contains('done and verified, 17 of 17 scopes')
        mappings.every { wfumig.out.contains(it) }
        Rows.tables(source, 'across_dev').each { assert Rows.of(target, 'across_uat', it) == Rows.of(source, 'across_dev', it) }
        target.rows("SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = 'across_uat' ORDER BY 1")*.get(0) == ['wp_43_orders_ai', 'wp_43_orders_bu']
        target.rows('SELECT COUNT(*) FROM across_uat.wp_43_v_paid_orders') == source.rows('SELECT COUNT(*) FROM across_dev.wp_43_v_paid_orders')

        when:
        code = wfumig.call('rollback')

        then:
        code == 0
        target.picture(['across_uat']).findAll { !it.key.startsWith('across_uat.wfumig_') } == before

        cleanup:
        source.drop('across_dev')
        target.drop('across_uat', 'across_staging', 'across_uat_wfumig_kept')

        where: 'one product to itself is for the nightly run'
        [from, to, mappings] << [
                ['MySQL', 'MySQL', []],
                ['MariaDB', 'MySQL', ['collation utf8mb4_nopad_bin -> utf8mb4_0900_bin', 'engine Aria -> InnoDB', 'type inet6 -> varchar(45)']],
                ['MySQL', 'MariaDB', ['collation utf8mb4_0900_bin -> utf8mb4_nopad_bin']]].findAll { CrashContract.ALL || it[0] != it[1] }
    }

    def 'a JSON column of MySQL arrives under a longer host, its members in the order that the server gives them'() {
        given:
        def server = TestServer.mysql9()
        def wfumig = new Wfumig()
        server.load('json_dev', 'dev')
        server.drop('json_prod', 'json_staging')
        server.sql('CREATE DATABASE json_prod')
        server.sql("""CREATE TABLE wp_3_native (id INT PRIMARY KEY, j JSON, KEY ((CAST(j->>'\$.id' AS UNSIGNED))), CHECK (id > 0));
            INSERT INTO wp_3_native VALUES (1, '{"http://dev.wfu.test": 1, "other": "http://dev.wfu.test/é", "id": 5}'), (2, NULL), (3, '"dev.wfu.test"')""", 'json_dev')
        def plan = wfumig.plan("""
            migration('json') {
              ${wfumig.ends(server, 'json_dev', server, 'json_prod', 'http://dev.wfu.test', 'http://production.wfu.example')}
              staging { schema 'json_staging' }
              sites { sites 1, 3; networkTables() }
            }""").toString()

        expect:
        wfumig.call('run', plan, '--yes') == 0
        server.rows('SELECT id, j FROM json_prod.wp_3_native ORDER BY id') ==
                [['1', '{"id": 5, "other": "http://production.wfu.example/é", "http://dev.wfu.test": 1}'], ['2', null], ['3', '"production.wfu.example"']]

        cleanup:
        server.drop('json_dev', 'json_prod', 'json_staging')
    }
}
