package edu.wfu.wfumig.dump

import edu.wfu.wfumig.dump.ImportRules.Forbidden
import edu.wfu.wfumig.dump.ImportRules.Verdict
import spock.lang.Specification

/** A file that somebody else made fills one schema and does nothing else. */
class MysqlImportRulesSpec extends Specification {
    def rules = new MysqlImportRules(['wp_uat', 'Größe'], true, '11.4.5')

    private static byte[] bytes(String sql) { sql.getBytes('UTF-8') }

    def '#verdict: #sql'() {
        expect:
        rules.of(bytes(sql)) == verdict

        where:
        verdict           | sql
        Verdict.RUN       | "CREATE TABLE `t` (a INT COMMENT 'in wp_uat.t', directory TEXT, connection INT)"
        Verdict.RUN       | 'CREATE TABLE IF NOT EXISTS t (a INT REFERENCES u (a))'
        Verdict.RUN       | "INSERT INTO `t` VALUES (1.5,'wp_uat.wp_users','a\\'; DROP DATABASE x',0x41,_binary 'a',NULL)"
        Verdict.RUN       | "INSERT IGNORE INTO t (a,b) VALUES (1,2),(3,'select')"
        Verdict.RUN       | "REPLACE INTO `wp.uat` VALUES (1)"
        Verdict.RUN       | '/*!40000 ALTER TABLE `t` DISABLE KEYS */'
        Verdict.RUN       | 'ALTER TABLE t MODIFY id INT AUTO_INCREMENT, ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES u (a)'
        Verdict.RUN       | '/*!50001 CREATE ALGORITHM=UNDEFINED */ /*!50013 DEFINER=`a`@`b` SQL SECURITY DEFINER */ /*!50001 VIEW v AS select `t`.`a` AS `a` from `t` */'
        Verdict.RUN       | '/*!50003 CREATE*/ /*!50017 DEFINER=`a`@`b`*/ /*!50003 TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1 */'
        Verdict.RUN       | 'DROP VIEW IF EXISTS `v`'
        Verdict.RUN       | "/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */"
        Verdict.RUN       | '/*M!999999\\- enable the sandbox mode */ /*!40101 SET NAMES utf8mb4 */'
        Verdict.LEAVE_OUT | '/*M!999999\\- enable the sandbox mode */'
        Verdict.LEAVE_OUT | 'USE `wp_uat`'
        Verdict.LEAVE_OUT | 'CREATE DATABASE /*!32312 IF NOT EXISTS*/ `x`'
        Verdict.LEAVE_OUT | 'DROP DATABASE IF EXISTS wp_uat'
        Verdict.LEAVE_OUT | 'LOCK TABLES `t` WRITE'
        Verdict.LEAVE_OUT | 'COMMIT'
        Verdict.LEAVE_OUT | 'CREATE DEFINER=`a`@`b` PROCEDURE p() BEGIN DROP TABLE wp_uat.t; END'
        Verdict.LEAVE_OUT | 'SET @@SESSION.SQL_LOG_BIN= 0'
        Verdict.LEAVE_OUT | "SET @@GLOBAL.GTID_PURGED='x'"
        Verdict.LEAVE_OUT | "CHANGE MASTER TO MASTER_LOG_FILE='x'"
    }

    def 'what #server runs of a conditional comment is decided here: #sql'() {
        given:
        def statement = bytes(sql)

        expect:
        new MysqlImportRules([], server == 'MariaDB', version).of(statement) == Verdict.RUN
        new String(statement, 'UTF-8').replaceAll(' +', ' ').trim() == left

        where:
        server    | version  | sql                                                       || left
        'MariaDB' | '11.4.5' | '/*!40101 SET NAMES utf8mb4 */'                           || 'SET NAMES utf8mb4'
        'MariaDB' | '11.4.5' | 'CREATE TABLE t (a INT /*!80023 INVISIBLE */)'            || 'CREATE TABLE t (a INT )'
        'MySQL'   | '9.7.0'  | 'CREATE TABLE t (a INT /*!80023 INVISIBLE */)'            || 'CREATE TABLE t (a INT INVISIBLE )'
        'MySQL'   | '9.7.0'  | 'CREATE TABLE t (a INT /*M!100616 x */, b INT)'           || 'CREATE TABLE t (a INT , b INT)'
        'MariaDB' | '11.4.5' | 'CREATE TABLE t (a INT /*M!100616 INVISIBLE */)'          || 'CREATE TABLE t (a INT INVISIBLE )'
        'MySQL'   | '8.4.6'  | "INSERT INTO t VALUES ('/*!99999 a */') /*!99999 b */"    || "INSERT INTO t VALUES ('/*!99999 a */')"
    }

    def 'refused: #sql'() {
        when:
        rules.of(bytes(sql))

        then:
        def why = thrown(Forbidden)
        why.message.contains(message)

        where:
        message             | sql
        'another schema'    | 'INSERT INTO wp_uat.wp_users VALUES (1)'
        'another schema'    | 'INSERT INTO `nowhere` . `t` VALUES (1)'
        'another schema'    | 'INSERT /*!50000 INTO wp_uat */.wp_users VALUES (1)'
        'another schema'    | 'INSERT INTO wp_uat/* x */./* y */t VALUES (1)'
        'another schema'    | 'DROP TABLE t, WP_UAT.t'
        'another schema'    | 'CREATE TABLE mysql.t (a INT)'
        'another schema'    | 'CREATE TABLE t (a INT REFERENCES wp_uat.u (a))'
        'another schema'    | 'CREATE TABLE t LIKE wp_uat.t'
        'another schema'    | 'CREATE VIEW v AS SELECT * FROM `wp_uat`.`wp_users`'
        'another schema'    | 'CREATE VIEW v AS SELECT * FROM "wp_uat".wp_users'
        'another schema'    | 'CREATE VIEW v AS SELECT * FROM `größe`.t'
        'another schema'    | 'CREATE TRIGGER tr AFTER INSERT ON t FOR EACH ROW DELETE FROM wp_uat.wp_users'
        'more than values'  | 'INSERT INTO t SELECT * FROM u'
        'more than values'  | "INSERT INTO t VALUES ((SELECT 1))"
        'more than values'  | "INSERT INTO t VALUES (LOAD_FILE('/etc/passwd'))"
        'without values'    | 'INSERT INTO t SET a = 1'
        'SELECT here'       | 'CREATE TABLE t AS SELECT 1'
        'RENAME here'       | 'ALTER TABLE t RENAME u'
        'no table'          | "CREATE USER x IDENTIFIED BY 'y'"
        'no table'          | "CREATE USER table IDENTIFIED BY 'y'"
        'do not have'       | '/*!99998 SET @x=1, @y= */ GRANT ALL ON *.* TO x'
        'half a character'  | 'SET NAMES gbk'
        'half a character'  | "SET character_set_client = 'sjis'"
        'no table'          | 'ALTER USER x ACCOUNT LOCK'
        'another server'    | "CREATE TABLE t (a INT) ENGINE=FEDERATED CONNECTION='mysql://x'"
        'folder of its own' | "CREATE TABLE t (a INT) DATA DIRECTORY='/tmp'"
        "server's"          | 'SET GLOBAL max_connections = 1'
        "server's"          | 'SET @@PERSIST.x = 1'
        "session's"         | "SET PASSWORD = 'x'"
        "session's"         | 'SET STATEMENT x=1 FOR DROP TABLE t'
        'read otherwise'    | "SET sql_mode = 'ANSI_QUOTES'"
        'read otherwise'    | "SET @x = 'NO_BACKSLASH_ESCAPES'"
        'do not have'       | 'GRANT ALL ON *.* TO x'
        'do not have'       | 'DELETE FROM t'
        'do not have'       | "LOAD DATA INFILE 'x' INTO TABLE t"
        'a SELECT'          | "SELECT 1 INTO OUTFILE '/tmp/x'"
    }
}
