package edu.wfu.wfumig.schema

import edu.wfu.wfumig.Problem
import spock.lang.Specification

/** A script is taken apart into statements, each with its line and with what it does. */
class ScriptSpec extends Specification {
    private static Script script(String text, boolean postgres = false, List<Problem> problems = []) {
        Script.of('x.sql', text, new Part('wp', 'wp_43_', 'woo', postgres), problems)
    }

    def 'statements have numbers, lines and filled placeholders, and what they undo'() {
        when:
        def script = script("""-- a comment; with a semicolon
CREATE TABLE {prefix}a (id INT) {charset_collate};
-- wfumig: undoes 2
DELIMITER \$\$
CREATE TRIGGER {prefix}t AFTER INSERT ON {prefix}a FOR EACH ROW BEGIN SET @a = 1; END\$\$
DELIMITER ;
  -- wfumig: undoes 1
INSERT INTO {prefix}a VALUES ('; {prefix}');
""")

        then:
        script.statements()*.number() == [1, 2, 3]
        script.statements()*.line() == [2, 5, 8]
        script.statements()*.undoes() == [0, 2, 1]
        script.statements()[0].sql() == 'CREATE TABLE wp_43_a (id INT) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci'
        script.statements()[1].sql().endsWith('END')
        script.statements()*.effect() == [Effect.DEFINITION, Effect.DEFINITION, Effect.ROWS]
        !script.whole()
    }

    def '#sql on #product does #effect'() {
        expect:
        Effect.of(sql, product == 'PostgreSQL') == effect

        where:
        sql                                                  | product      || effect
        'SET @a = 1'                                         | 'MySQL'      || Effect.SETTING
        '/*!40101 SET NAMES utf8mb4 */'                      | 'MySQL'      || Effect.SETTING
        '/*M!100616 SET x = 1 */'                            | 'MySQL'      || Effect.SETTING
        'replace into a values (1)'                          | 'MySQL'      || Effect.ROWS
        'WITH a AS (SELECT 1) INSERT INTO b SELECT * FROM a' | 'PostgreSQL' || Effect.ROWS
        '(SELECT 1)'                                         | 'MySQL'      || Effect.ROWS
        'DO SLEEP(1)'                                        | 'MySQL'      || Effect.ROWS
        "DO 'BEGIN END'"                                     | 'PostgreSQL' || Effect.ANYTHING
        'CALL fill()'                                        | 'MySQL'      || Effect.ANYTHING
        'TRUNCATE a'                                         | 'MySQL'      || Effect.DEFINITION
        '/* why */ ALTER TABLE a ADD b INT'                  | 'MySQL'      || Effect.DEFINITION
    }

    def '#sql is refused on #product: #told'() {
        given:
        List<Problem> problems = []
        script(sql, product == 'PostgreSQL', problems)

        expect:
        problems*.found() == (told ? [told] : [])

        where:
        sql                                    | product      || told
        'START TRANSACTION'                    | 'MySQL'      || 'a migration cannot hold START'
        'BEGIN; SELECT 1'                      | 'MySQL'      || 'a migration cannot hold BEGIN'
        'set autocommit = 0'                   | 'MySQL'      || 'a migration cannot hold SET'
        'SET SESSION autocommit=0'             | 'MySQL'      || 'a migration cannot hold SET'
        'USE other'                            | 'MySQL'      || 'a migration cannot hold USE'
        'LOCK TABLES a WRITE'                  | 'MySQL'      || 'a migration cannot hold LOCK TABLES'
        'LOCK TABLE a'                         | 'PostgreSQL' || ''
        'DROP  DATABASE wp'                    | 'MySQL'      || 'a migration cannot hold DROP DATABASE'
        'VACUUM a'                             | 'PostgreSQL' || 'a migration cannot hold what PostgreSQL runs outside of transactions alone'
        '-- wfumig: no transaction\nVACUUM a'  | 'PostgreSQL' || ''
        '\\d talks\n'                          | 'PostgreSQL' || 'a migration cannot hold a command of psql'
        'COPY a FROM stdin;\n1\n\\.\n'         | 'PostgreSQL' || 'a migration cannot hold COPY FROM stdin'
        'INSERT INTO {prfix}a VALUES (1)'      | 'MySQL'      || '{prfix} is no placeholder'
        '/*!40101 SET autocommit=0 */'         | 'MySQL'      || 'a migration cannot hold SET'
        "INSERT INTO a VALUES ('{other} {x}')" | 'MySQL'      || ''
    }

    def 'whoever would leave the schema is refused on PostgreSQL: #sql'() {
        given:
        List<Problem> problems = []
        script(sql, true, problems)

        expect:
        problems*.found() == (refused ? ['a migration cannot hold a change of the search path'] : [])

        where:
        sql                                                                              || refused
        'SET search_path = public'                                                       || true
        'set local "search_path" TO a, b'                                                || true
        '/* why */ SET/**/search_path -- here\n = a'                                     || true
        "SET SCHEMA 'a'"                                                                 || true
        "SELECT pg_catalog.set_config('search_path', '', false)"                         || true
        "INSERT INTO a SELECT '--', set_config ( 'Search_Path', 'b', true)"              || true
        'DO \$\$ BEGIN SET LOCAL search_path = a; END \$\$'                              || true
        'RESET search_path'                                                              || true
        'RESET ALL'                                                                      || true
        'DISCARD ALL'                                                                    || true
        'SET statement_timeout = 0'                                                      || false
        'RESET statement_timeout'                                                        || false
        'CREATE FUNCTION f() RETURNS int LANGUAGE sql SET search_path = a AS \'SELECT 1\'' || false
        "-- SELECT set_config('search_path', '', false)\nSELECT 1"                       || false
    }

    def 'what only the connection would have is refused where a script is not one transaction: #sql on #product'() {
        given:
        List<Problem> problems = []
        script(sql, product != 'MySQL', problems)

        expect:
        problems*.found() == (told ? ["a migration cannot hold $told".toString()] : [])

        where:
        sql                                                                     | product      || told
        'SET @id = LAST_INSERT_ID()'                                            | 'MySQL'      || 'a variable that is no literal'
        'SET @a = 1, @b := (SELECT max(id) FROM a)'                             | 'MySQL'      || 'a variable that is no literal'
        'SET @old = @@sql_mode'                                                 | 'MySQL'      || 'a variable that is no literal'
        'SELECT @id := max(id) FROM a'                                          | 'MySQL'      || 'a variable that is no literal'
        'SELECT max(id) INTO @id FROM a'                                        | 'MySQL'      || 'INTO a variable'
        'CREATE TEMPORARY TABLE t (id INT)'                                     | 'MySQL'      || 'what is temporary'
        "SET @a = -1.5, @b = 'it''s, or @c = \\' now()', @c := NULL, @d = 0xFF" | 'MySQL'      || ''
        'SET NAMES utf8mb4, @@session.sql_mode = concat(@@sql_mode, 1)'         | 'MySQL'      || ''
        "INSERT INTO a VALUES ('tell it into @all')"                            | 'MySQL'      || ''
        'DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT 1 INTO @x; END//'      | 'MySQL'      || ''
        'CREATE TEMP TABLE t (id int)'                                          | 'PostgreSQL' || ''
        '-- wfumig: no transaction\nCREATE TEMP TABLE t (id int)'               | 'PostgreSQL' || 'what is temporary'
        '-- wfumig: no transaction\nSELECT 1 AS n INTO TEMP t'                  | 'PostgreSQL' || 'what is temporary'
        '-- wfumig: no transaction\nCREATE INDEX CONCURRENTLY ON a (b)'         | 'PostgreSQL' || 'CREATE INDEX CONCURRENTLY without a name'
        '-- wfumig: no transaction\nCREATE INDEX CONCURRENTLY b ON a (b)'       | 'PostgreSQL' || ''
    }

    def 'comments are no code, and leave lines and places where they were'() {
        expect:
        SqlCode.of(sql, product == 'PostgreSQL') == code
        SqlCode.of(sql, product == 'PostgreSQL').length() == sql.length()

        where:
        sql                           | product      || code
        'a -- b\nc'                   | 'MySQL'      || 'a     \nc'
        'a --b # c\nd'                | 'MySQL'      || 'a --b    \nd'
        'a --b # c\nd'                | 'PostgreSQL' || 'a        \nd'
        'a /* b /* c */ d */ e'       | 'PostgreSQL' || 'a                   e'
        '/*!40101 SET a */ b'         | 'MySQL'      || '         SET a    b'
        "'-- a' '\\'/* b' /* c */"    | 'MySQL'      || "'-- a' '\\'/* b'        "
        "'\\' /* c */ E'\\'/*'"       | 'PostgreSQL' || "'\\'         E'\\'/*'"
    }
}
