package edu.wfu.wfumig.database

/** The contract of structures on MySQL and MariaDB. */
abstract class MysqlStructureContract extends StructureContract {
    @Override
    String plugin() {
        '''
        CREATE TABLE {prefix}parent (
          id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
          code varchar(20) NOT NULL DEFAULT 'new' COMMENT 'short',
          PRIMARY KEY  (id),
          UNIQUE KEY code (code)
        ) ENGINE=InnoDB {charset_collate} COMMENT='of {prefix}child';
        CREATE TABLE {prefix}child (
          id int NOT NULL,
          parent bigint(20) unsigned DEFAULT NULL,
          a varchar(200) DEFAULT NULL,
          b varchar(200) DEFAULT NULL,
          n int NOT NULL DEFAULT 0,
          twice int GENERATED ALWAYS AS (n * 2) STORED,
          changed datetime NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
          PRIMARY KEY  (id),
          KEY a (a(20), n),
          CONSTRAINT fk_{prefix}child_parent FOREIGN KEY (parent) REFERENCES {prefix}parent (id) ON DELETE CASCADE,
          CONSTRAINT {prefix}child_n CHECK (n >= 0)
        ) ENGINE=InnoDB {charset_collate};
        CREATE VIEW {prefix}busy AS SELECT c.id, c.n FROM {prefix}child c WHERE c.n > 0;
        CREATE TRIGGER {prefix}child_bi BEFORE INSERT ON {prefix}child FOR EACH ROW SET NEW.b = '{prefix}';
        CREATE PROCEDURE {prefix}count(IN x int) SELECT COUNT(*) + x FROM {prefix}child;
        CREATE FUNCTION {prefix}next(x int) RETURNS int DETERMINISTIC RETURN x + 1;
        '''
    }

    @Override
    Map<String, List> changes() {
        def child = 'ALTER TABLE {prefix}child '
        [
                'a table is dropped'             : ['DROP TABLE {prefix}child', ['table {prefix}child: missing']],
                'a table is there'               : ['CREATE TABLE {prefix}more (id int PRIMARY KEY)', ['table {prefix}more: not expected']],
                'an engine'                      : ['DROP TABLE {prefix}child; ALTER TABLE {prefix}parent ENGINE=MyISAM',
                                                    ['table {prefix}child: missing', 'table {prefix}parent: engine MyISAM, expected engine InnoDB']],
                'a collation of a table'         : ['ALTER TABLE {prefix}parent DEFAULT COLLATE utf8mb4_bin', ['table {prefix}parent: collation utf8mb4_bin, expected collation utf8mb4_unicode_520_ci']],
                'a comment of a table'           : ["ALTER TABLE {prefix}parent COMMENT ''", ['table {prefix}parent: no comment, expected comment of {prefix}child']],
                'a column is dropped'            : [child + 'DROP COLUMN b', ['column {prefix}child.b: missing']],
                'a column is there, in between'  : [child + 'ADD COLUMN c int AFTER a', ['column {prefix}child.c: not expected']],
                'columns in another order'       : [child + 'MODIFY b varchar(200) DEFAULT NULL AFTER id',
                                                    ['table {prefix}child: columns in order id, b, parent, a, n, twice, changed, expected columns in order id, parent, a, b, n, twice, changed']],
                'a type'                         : [child + 'MODIFY b varchar(255) DEFAULT NULL', ['column {prefix}child.b: varchar(255), expected varchar(200)']],
                'NULL'                           : [child + 'MODIFY b varchar(200) NOT NULL', ['column {prefix}child.b: not null, expected null']],
                'a default'                      : [child + "MODIFY b varchar(200) DEFAULT ''", ["column {prefix}child.b: default '', expected no default"]],
                'a default that is a number'     : [child + 'MODIFY n int NOT NULL DEFAULT 1', ["column {prefix}child.n: default '1', expected default '0'"]],
                'what an update does'            : [child + 'MODIFY changed datetime NOT NULL DEFAULT CURRENT_TIMESTAMP', ['column {prefix}child.changed: no extra, expected extra on update current_timestamp']],
                'a counter'                      : [child + 'MODIFY id int NOT NULL AUTO_INCREMENT', ['column {prefix}child.id: extra auto_increment, expected no extra']],
                'how a column is computed'       : [child + 'DROP COLUMN twice, ADD COLUMN twice int GENERATED ALWAYS AS (n * 3) STORED AFTER n',
                                                    [~/column \{prefix}child.twice: generated .*n` \* 3.*, expected generated .*n` \* 2.*/]],
                'a collation of a column'        : [child + 'MODIFY b varchar(200) COLLATE utf8mb4_bin DEFAULT NULL', ['column {prefix}child.b: collation utf8mb4_bin, expected collation utf8mb4_unicode_520_ci']],
                'a comment of a column'          : ["ALTER TABLE {prefix}parent MODIFY code varchar(20) NOT NULL DEFAULT 'new' COMMENT 'long'", ['column {prefix}parent.code: comment long, expected comment short']],
                'an index is dropped'            : [child + 'DROP KEY a', ['index {prefix}child.a: missing']],
                'an index is there'              : [child + 'ADD KEY b (b DESC)', ['index {prefix}child.b: not expected']],
                'the length of a column in it'   : [child + 'DROP KEY a, ADD KEY a (a(30), n)', ['index {prefix}child.a: columns a(30), n, expected columns a(20), n']],
                'the order of columns in it'     : [child + 'DROP KEY a, ADD KEY a (n, a(20))', ['index {prefix}child.a: columns n, a(20), expected columns a(20), n']],
                'its kind'                       : [child + 'DROP KEY a, ADD UNIQUE KEY a (a(20), n)', ['index {prefix}child.a: unique index, expected plain index']],
                'its method'                     : [child + 'DROP KEY a, ADD FULLTEXT KEY a (a)', ['index {prefix}child.a: columns a, expected columns a(20), n; method FULLTEXT, expected no method']],
                'a primary key'                  : [child + 'DROP PRIMARY KEY, ADD PRIMARY KEY (id, n)', ['index {prefix}child.PRIMARY: columns id, n, expected columns id']],
                'a foreign key is dropped'       : [child + 'DROP FOREIGN KEY fk_{prefix}child_parent', ['foreign key {prefix}child.fk_{prefix}child_parent: missing']],
                'what a foreign key does'        : [child + 'DROP FOREIGN KEY fk_{prefix}child_parent; ' + child +
                                                            'ADD CONSTRAINT fk_{prefix}child_parent FOREIGN KEY (parent) REFERENCES {prefix}parent (id) ON DELETE SET NULL',
                                                    ['foreign key {prefix}child.fk_{prefix}child_parent: on delete set null, expected on delete cascade']],
                'a check is dropped'             : [child + 'DROP CONSTRAINT {prefix}child_n', ['check {prefix}child.{prefix}child_n: missing']],
                'what is checked'                : [child + 'DROP CONSTRAINT {prefix}child_n; ' + child + 'ADD CONSTRAINT {prefix}child_n CHECK (n >= 5)',
                                                    [~/check \{prefix}child.\{prefix}child_n: .*`n` >= 5.*, expected .*`n` >= 0.*/]],
                'a view is dropped'              : ['DROP VIEW {prefix}busy', ['view {prefix}busy: missing']],
                'what a view shows'              : ['CREATE OR REPLACE VIEW {prefix}busy AS SELECT c.id, c.n FROM {prefix}child c WHERE c.n > 1', [~/view \{prefix}busy: .*> 1.*, expected .*> 0.*/]],
                'a trigger is dropped'           : ['DROP TRIGGER {prefix}child_bi', ['trigger {prefix}child.{prefix}child_bi: missing']],
                'what a trigger does'            : ["DROP TRIGGER {prefix}child_bi; CREATE TRIGGER {prefix}child_bi BEFORE INSERT ON {prefix}child FOR EACH ROW SET NEW.b = 'x'",
                                                    ["trigger {prefix}child.{prefix}child_bi: SET NEW.b = 'x', expected SET NEW.b = '{prefix}'"]],
                'when a trigger fires'           : ["DROP TRIGGER {prefix}child_bi; CREATE TRIGGER {prefix}child_bi BEFORE UPDATE ON {prefix}child FOR EACH ROW SET NEW.b = '{prefix}'",
                                                    ['trigger {prefix}child.{prefix}child_bi: fires BEFORE UPDATE, expected fires BEFORE INSERT']],
                'a procedure is dropped'         : ['DROP PROCEDURE {prefix}count', ['procedure {prefix}count: missing']],
                'what a procedure takes'         : ['DROP PROCEDURE {prefix}count; CREATE PROCEDURE {prefix}count(INOUT x bigint) SELECT COUNT(*) + x FROM {prefix}child',
                                                    ['procedure {prefix}count: parameters INOUT x bigint, expected parameters IN x int']],
                'what a function does'           : ['DROP FUNCTION {prefix}next; CREATE FUNCTION {prefix}next(x int) RETURNS int DETERMINISTIC RETURN x + 2', ['function {prefix}next: RETURN x + 2, expected RETURN x + 1']],
                'a routine is there'             : ['CREATE PROCEDURE {prefix}more() SELECT 1', ['procedure {prefix}more: not expected']],
        ]
    }
}
