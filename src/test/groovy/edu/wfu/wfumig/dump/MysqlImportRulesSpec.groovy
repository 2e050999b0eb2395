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
        Verdict.RUN       | 'SET @a = 1, @@session.time_zone := @@time_zone, SESSION sql_notes = -1'
        Verdict.RUN       | "SET NAMES 'utf8mb4' COLLATE utf8mb4_bin, character_set_results = NULL"
        Verdict.RUN       | 'SET CHARACTER SET utf8, @@unique_checks = @unknown'
        Verdict.RUN       | "/*!40014 SET FOREIGN_KEY_CHECKS=IFNULL(@OLD_FOREIGN_KEY_CHECKS, 1) */"
        Verdict.RUN       | 'CREATE SQL SECURITY DEFINER VIEW v AS SELECT `t`.`global` FROM t'
        Verdict.RUN       | "CREATE TABLE t (engine TEXT, a INT) ENGINE=MyISAM COMMENT='CONNECT'"
        Verdict.LEAVE_OUT | 'CREATE DEFINER = view @ localhost EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM wp_uat.t'
        Verdict.LEAVE_OUT | 'SET AUTOCOMMIT = 0'
        Verdict.LEAVE_OUT | "/*!50717 SET @rocksdb_x = IF (@y, 'SELECT 1', 'SELECT 0') */"
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

    def 'what the server is given is what was judged: #sql'() {
        given:
        def statement = bytes(sql)

        expect:
        rules.of(statement) == Verdict.RUN
        new String(statement, 'UTF-8').replaceAll(' +', ' ').trim() == left

        where:
        sql                                                                                    || left
        'CREATE DEFINER=`a`@`b` TRIGGER t'                                                     || 'CREATE TRIGGER t'
        "CREATE DEFINER = 'a' @ localhost SQL SECURITY DEFINER VIEW v"                         || 'CREATE SQL SECURITY DEFINER VIEW v'
        'CREATE DEFINER=root@localhost VIEW v'                                                 || 'CREATE VIEW v'
        'CREATE OR REPLACE DEFINER=CURRENT_USER() VIEW v'                                      || 'CREATE OR REPLACE VIEW v'
        '/*!50017 CREATE DEFINER=`a`@`b`*/ /*!50003 TRIGGER t */'                              || 'CREATE TRIGGER t'
        "CREATE TRIGGER t BEGIN SET NEW.x='DEFINER=`', NEW.`y`='; DELETE FROM wp_uat.t; # '; END" || sql
        "SET sql_mode='NO_AUTO_CREATE_USER'"                                                   || "SET sql_mode=''"
        "SET sql_mode = 'A,no_auto_create_user,B', @a = 1"                                     || "SET sql_mode = 'A,B' , @a = 1"
        "SET @x='NO_AUTO_CREATE_USER,B'"                                                       || sql
    }

    def 'a mode is set back to what the file saved of it: #statements'() {
        when:
        statements.each { assert rules.of(bytes(it)) != null }

        then:
        noExceptionThrown()

        where:
        statements << [
                ['SET @a=@@sql_mode', 'SET SQL_MODE=@A'],
                ['SET @a=@@SESSION.SQL_MODE, sql_mode=\'\'', 'INSERT INTO t VALUES (1)', 'SET sql_mode=IFNULL(@a, \'\')'],
                ['SET @a=@@character_set_client', 'SET @b=4', 'SET character_set_client=@a']]
    }

    def 'a mode is set to nothing else: #statements'() {
        given:
        statements[0..<-1].each { rules.of(bytes(it)) }

        when:
        rules.of(bytes(statements[-1]))

        then:
        def why = thrown(Forbidden)
        why.message == 'a mode or a charset that is not given by its name'

        where:
        statements << [
                ['SET sql_mode=@a'],
                ['SET @a=4', 'SET sql_mode=@a'],
                ['SET @a=@@sql_mode', 'SET @a=4', 'SET sql_mode=@a'],
                ['SET @a=4', 'SET @a=@@sql_mode, sql_mode=@a'],
                ['SET @a=@@sql_mode', 'SET @a=4, sql_mode=@a'],
                ['SET @a=4', 'SET @a=@@sql_mode, sql_log_bin=0', 'SET sql_mode=@a'],
                ['SET @a=@@sql_mode', 'INSERT INTO t VALUES (@a:=4)', 'SET sql_mode=@a'],
                ['CREATE TRIGGER t AFTER INSERT ON t FOR EACH ROW SET@a=4', 'SET @A=@@sql_mode', 'SET sql_mode=@a'],
                ['SET @a=@@sql_mode', 'SET character_set_client=@a']]
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
        'its name'          | 'SET sql_mode=1048576'
        'its name'          | 'SET @@session.sql_mode := 4'
        'its name'          | 'SET character_set_client=28'
        'its name'          | "SET character_set_client='gb\\k'"
        'its name'          | 'SET sql_mode=DEFAULT'
        'its name'          | 'SET sql_mode=IFNULL(@a, 4)'
        "session's"         | "SET sql_mode=CONCAT('AN','SI')"
        "session's"         | "SET sql_mode='AN' 'SI'"
        "session's"         | 'SET @a=(SELECT user_pass FROM wp_uat.wp_users)'
        "session's"         | 'SET @a=@@global.sql_mode'
        "session's"         | 'SET max_error_count=1'
        "session's"         | 'SET @a=1 + 1'
        'half a character'  | "SET NAMES utf8 COLLATE gbk_chinese_ci"
        'read otherwise'    | "SET sql_mode='NO_AUTO_CREATE_USER,ANSI'"
        'another schema'    | "CREATE TRIGGER t BEGIN SET NEW.x='DEFINER=`', NEW.y=1; DELETE FROM wp_uat.t; END"
        'another schema'    | 'CREATE DEFINER=a@b VIEW v AS SELECT * FROM wp_uat.t'
        'no table'          | 'CREATE DEFINER=`a`@`b`.`c` VIEW v AS SELECT 1'
        'without a name'    | 'CREATE DEFINER VIEW v AS SELECT 1'
        'another server'    | "CREATE TABLE t (a INT) CONNECTION 'mysql://x'"
        'another server'    | "CREATE TABLE t (a INT) ENGINE 'CONN\\ECT'"
        'another server'    | 'ALTER TABLE t ENGINE = `federated`'
        'OUTFILE here'      | "CREATE VIEW v AS SELECT 1 INTO OUTFILE '/tmp/x'"
        'LOAD_FILE here'    | "CREATE VIEW v AS SELECT `load_file`('/etc/passwd')"
        'LOAD_FILE here'    | "CREATE TABLE t (a TEXT DEFAULT (load_file('/etc/passwd')))"
        'GLOBAL here'       | 'CREATE TRIGGER t AFTER INSERT ON t FOR EACH ROW SET GLOBAL max_connections = 1'
        'GLOBAL here'       | 'CREATE TRIGGER t AFTER INSERT ON t FOR EACH ROW SET@@global.max_connections = 1'
        'SELECT here'       | 'CREATE TABLE t SELECT@@datadir'
        'EXECUTE here'      | 'CREATE TRIGGER t AFTER INSERT ON t FOR EACH ROW BEGIN PREPARE_ALL; EXECUTE x; END'
        'letters and digits'| 'CREATE TRIGGER t AFTER INSERT ON t FOR EACH ROW SET @`a` = 4'
        'do not have'       | 'GRANT ALL ON *.* TO x'
        'do not have'       | 'DELETE FROM t'
        'do not have'       | "LOAD DATA INFILE 'x' INTO TABLE t"
        'a SELECT'          | "SELECT 1 INTO OUTFILE '/tmp/x'"
    }
}
