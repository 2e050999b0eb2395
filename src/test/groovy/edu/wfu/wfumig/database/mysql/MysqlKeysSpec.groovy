package edu.wfu.wfumig.database.mysql

import edu.wfu.wfumig.support.TestServer
import spock.lang.Shared
import spock.lang.Specification

/** Keys that are made when all rows of a table are in. */
class MysqlKeysSpec extends Specification {
    static final List<List> PRODUCTS = [['MariaDB', { TestServer.embedded() }]] + (TestServer.noMysql9().isEmpty() ? [['MySQL', { TestServer.mysql9() }]] : [])

    private static String shown(TestServer server, String table) { server.rows("SHOW CREATE TABLE $table", 'late_keys')[0][1] }

    def 'a table that gets its keys behind its rows is in the end the table that it was: #product, #table'() {
        given:
        def server = start.call()
        server.sql("DROP DATABASE IF EXISTS late_keys; CREATE DATABASE late_keys CHARACTER SET utf8mb4")
        server.sql("CREATE TABLE parent (id BIGINT PRIMARY KEY); $table", 'late_keys')
        def create = shown(server, 't')

        when:
        def halves = MysqlKeys.of('`late_keys`.`u`', create.replace('CREATE TABLE `t`', 'CREATE TABLE `u`'))

        then:
        (halves == null ? 0 : halves.complete().count('ADD KEY')) == late

        when:
        if (halves) {
            server.sql(halves.create(), 'late_keys')
            assert !server.rows('SHOW KEYS FROM u', 'late_keys')*.get(2).any { halves.complete().contains("`$it`") }
            def editor = server.database().editor()
            // Twice, as by an attempt that was cut short behind it.
            2.times { editor.complete(halves.complete()) }
            editor.close()
        }

        then:
        halves == null || shown(server, 'u').replace('CREATE TABLE `u`', 'CREATE TABLE `t`') == create

        cleanup:
        server.drop('late_keys')

        where:
        [product, start, table, late] << PRODUCTS.collectMany { product ->
            [["""CREATE TABLE t (a BIGINT UNSIGNED NOT NULL AUTO_INCREMENT, b VARCHAR(255) COMMENT '
  KEY `no key` (`b`),', c INT, PRIMARY KEY (a), KEY by_b (b(191)), UNIQUE KEY once (b, c), KEY `odd ``name` (c, b(10)), FULLTEXT KEY words (b), KEY last_one (c)) ENGINE=InnoDB COMMENT='x,\n) y'""", 3],
             ['CREATE TABLE t (a INT NOT NULL AUTO_INCREMENT, b INT, KEY by_b (b), KEY by_a (a), KEY by_both (b, a)) ENGINE=InnoDB', 0],
             ['CREATE TABLE t (b INT COMMENT \'no AUTO_INCREMENT\', a INT NOT NULL AUTO_INCREMENT, PRIMARY KEY (a), KEY by_b (b)) ENGINE=InnoDB', 1],
             ['CREATE TABLE t (a INT NOT NULL, b INT, PRIMARY KEY (a), UNIQUE KEY by_b (b)) ENGINE=InnoDB', 0],
             ['CREATE TABLE t (a INT, b BIGINT, KEY by_b (b), CONSTRAINT up FOREIGN KEY (b) REFERENCES parent (id)) ENGINE=InnoDB', 0],
             ['CREATE TABLE t (a INT, KEY by_a (a)) ENGINE=MyISAM', 0]].collect { product + it }
        }
    }
}
