package edu.wfu.wfumig.database.mysql

import edu.wfu.wfumig.RowDigest
import edu.wfu.wfumig.database.Cursor
import edu.wfu.wfumig.support.TestServer
import spock.lang.Shared
import spock.lang.Specification

/** Digests of key ranges, by the server itself. */
class MysqlProofSpec extends Specification {
    @Shared TestServer server = TestServer.embedded()

    def setupSpec() {
        server.sql('''
            CREATE OR REPLACE DATABASE proof_staging;
            USE proof_staging;
            CREATE TABLE composite (`a``1` INT, `b ü` BIGINT UNSIGNED, t TEXT, PRIMARY KEY (`a``1`, `b ü`));
            INSERT INTO composite SELECT CAST(seq AS SIGNED) DIV 40 - 12, 18446744073709550615 + seq MOD 40, CONCAT('row ', seq) FROM seq_1_to_1000;
            CREATE TABLE single (id BIGINT PRIMARY KEY, t TEXT);
            INSERT INTO single SELECT CAST(seq AS SIGNED) * 3 - 500, IF(seq MOD 7 = 0, NULL, REPEAT('x', seq MOD 50)) FROM seq_1_to_1000''')
    }

    def cleanupSpec() {
        server.drop('proof_staging')
    }

    private List<RowDigest> digests(String table, List<List> ends) {
        def database = server.database()
        def definition = database.catalogue().withCloseable { it.define('proof_staging', [table])[0] }
        def cursors = ends.collect { new Cursor(definition.key(), it*.toString()) }
        database.proof('proof_staging').withCloseable { proof ->
            [[null] + cursors, cursors + [null]].transpose().collect { behind, upTo -> proof.digest(table, definition.stored(), behind, upTo) } +
                    proof.digest(table, definition.stored())
        }
    }

    def 'the digests of the ranges of #table between #ends add up to that of the whole'() {
        when:
        def ranges = digests(table, ends)
        def whole = ranges.removeLast()

        then:
        whole.rows() == 1000
        ranges*.rows() == rows
        ranges.inject(RowDigest.EMPTY) { sum, one -> sum + one } == whole

        where:
        table       | ends                                                                                          || rows
        'single'    | []                                                                                            || [1000]
        'single'    | [[-1]]                                                                                        || [166, 834]
        'single'    | [[-9223372036854775808G], [-497], [-496], [1000], [9223372036854775807G]]                     || [0, 1, 0, 499, 500, 0]
        'composite' | [[0, 18446744073709550620G]]                                                                  || [485, 515]
        'composite' | [[-12, 18446744073709550616G], [-12, 18446744073709550617G], [3, 0], [3, 18446744073709551615G], [99, 0]] || [1, 1, 597, 40, 361, 0]
    }

    def 'a row that is #what shows in its own range alone'() {
        given:
        def ends = [[-1, 0], [0, 18446744073709550620G], [5, 0]]
        def before = digests('composite', ends)

        when:
        server.sql(change, 'proof_staging')
        def after = digests('composite', ends)

        then:
        (0..4).findAll { before[it] != after[it] } == [1, 4] // and in the whole

        cleanup:
        setupSpec()

        where:
        what       | change
        'changed'  | "UPDATE composite SET t = 'other' WHERE `a``1` = 0 AND `b ü` = 18446744073709550620"
        'missing'  | 'DELETE FROM composite WHERE `a``1` = 0 AND `b ü` = 18446744073709550620'
        'too many' | "INSERT INTO composite VALUES (-1, 7, '')"
    }
}
