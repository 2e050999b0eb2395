package edu.wfu.wfumig.database

import edu.wfu.wfumig.inventory.Structure
import edu.wfu.wfumig.support.Grounds
import edu.wfu.wfumig.support.TestServer
import spock.lang.Requires

@Requires(value = { TestServer.noMysql9().isEmpty() }, reason = 'no MySQL 9 here: Debian packages cannot be had')
class StructureMysqlSpec extends MysqlStructureContract {
    @Override
    Grounds grounds(String schema) { Grounds.of(TestServer.mysql9(), schema) }

    def 'what MariaDB spells in another way is no difference'() {
        given:
        def tables = '''
            CREATE TABLE {prefix}t (
              id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
              tiny tinyint(4) DEFAULT '-1', flag tinyint(1) NOT NULL DEFAULT 0, small smallint(5) unsigned, zero int(8) unsigned zerofill, y year(4),
              price decimal(10,2) NOT NULL DEFAULT '0.00', ratio double DEFAULT 0.5, bits bit(3) DEFAULT b'101',
              e enum('A','b') DEFAULT 'A', s set('x','Y'), said text, old varchar(20) CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci DEFAULT 'it''s',
              made datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), seen timestamp NULL DEFAULT NULL,
              token varchar(36) DEFAULT (uuid()), meta json,
              PRIMARY KEY (id), UNIQUE KEY price (price), KEY said (said(20)), FULLTEXT KEY words (said)
            ) ENGINE=InnoDB ROW_FORMAT=DYNAMIC {charset_collate};
            CREATE TABLE {prefix}u (t bigint(20) unsigned, n int, CONSTRAINT fk_t FOREIGN KEY (t) REFERENCES {prefix}t (id) ON UPDATE CASCADE,
              CONSTRAINT fk_u FOREIGN KEY (t) REFERENCES {prefix}t (id) ON DELETE NO ACTION, CONSTRAINT small CHECK (n < 10)) ENGINE=InnoDB {charset_collate}'''
        def mariadb = Grounds.of(TestServer.embedded(), 'structure_mariadb')
        [live, mariadb].each {
            it.clear()
            it.run(tables, 'wp_')
        }

        expect:
        def differences = Structure.differences(mariadb.structure('wp_'), live.structure('wp_'))*.toString()
        differences.findAll { !it.startsWith('check ') } == []

        cleanup:
        mariadb.remove()
    }
}
