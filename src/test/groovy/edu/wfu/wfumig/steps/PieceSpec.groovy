package edu.wfu.wfumig.steps

import edu.wfu.wfumig.RowDigest
import edu.wfu.wfumig.dump.Manifest.ChunkPart
import edu.wfu.wfumig.dump.Manifest.Frame
import edu.wfu.wfumig.dump.Manifest.TablePart
import spock.lang.Specification

/** The key ranges in which a staged table is proved. */
class PieceSpec extends Specification {
    static final int MB = 1 << 20

    private static TablePart part(String name, List<String> key, List<List> chunks) {
        new TablePart(name, "CREATE TABLE $name", [], key, chunks.withIndex().collect { chunk, int i ->
            List<String> last = chunk.drop(1).any { it == null } ? null : chunk.drop(1)*.toString()
            new ChunkPart(new Frame(i, 1, (int) (chunk[0] * MB)), 0, new RowDigest(i + 1, 1000L << i), last)
        }, [])
    }

    private static List<Piece> piecesOf(TablePart... tables) {
        Piece.of(tables.toList())
    }

    /** In the order of the table: those are first that were loaded last. */
    private static List<Piece> inOrder(TablePart table) {
        piecesOf(table).reverse()
    }

    /** Whether a row with this key is behind, or at, the place: as the server orders keys. */
    private static int compare(List<BigInteger> row, List<String> place) {
        [row, place].transpose().findResult(0) { BigInteger mine, String its -> (mine <=> its.toBigInteger()) ?: null }
    }

    private static boolean holds(Piece piece, List<BigInteger> row) {
        (piece.behind() == null || compare(row, piece.behind().values()) > 0) && (piece.upTo() == null || compare(row, piece.upTo().values()) <= 0)
    }

    def '#what: #count pieces cover the table without gap or overlap, and their digests add up'() {
        given:
        def table = part('wp_5_big', key, chunks)
        def pieces = inOrder(table)

        expect: 'one begins where the other ends'
        pieces.size() == count
        pieces.first().behind() == null
        pieces.last().upTo() == null
        [pieces.init()*.upTo(), pieces.tail()*.behind()].transpose().every { upTo, behind -> upTo != null && upTo == behind && upTo.columns() == key }

        and: 'every row, also one that should not be there, is in exactly one'
        rows(chunks).every { row -> pieces.count { holds(it, row) } == 1 }

        and: 'each expects what those chunks hold that end in it'
        pieces*.expected().inject(RowDigest.EMPTY) { sum, one -> sum + one } == table.digest()
        pieces*.bytes().sum() == table.bytes()
        count == 1 || pieces.every { piece ->
            piece.expected() == table.chunks().findAll { holds(piece, it.last()*.toBigInteger()) }*.digest().inject(RowDigest.EMPTY) { sum, one -> sum + one }
        }

        where:
        what                         | key        | chunks                                                                       || count
        'a small one'                | ['id']     | [[1, 10]]                                                                    || 1
        'an empty one'               | ['id']     | []                                                                           || 1
        'a single key'               | ['id']     | (1..40).collect { [4, it * 100] }                                            || 3
        'numbers below zero'         | ['id']     | (-20..20).collect { [4, it * 100] }                                          || 3
        'numbers above 2^63'         | ['id']     | (0..20).collect { [4, 18446744073709551595G + it] }                          || 2
        'a composite key'            | ['a', 'b'] | (0..39).collect { [4, it.intdiv(7), it % 7 - 3] }                            || 3
        'one value of the first'     | ['a', 'b'] | (0..39).collect { [4, 1, it] }                                               || 3
        'rows of 64 MB'              | ['id']     | (1..5).collect { [64, it] }                                                  || 5
        'just one piece'             | ['id']     | [[32, 1], [32, 2]]                                                           || 1
        'a little more than one'     | ['id']     | [[32, 1], [32, 2], [1, 3]]                                                   || 2
        'without a key'              | []         | (1..40).collect { [4, null] }                                                || 1
        'rows appended without key'  | ['id']     | (1..40).collect { [4, it * 100] } + [[1, null]]                              || 1
    }

    /** Rows at, before and behind the end of each chunk, and far from all. */
    private static List<List<BigInteger>> rows(List<List> chunks) {
        def ends = chunks*.drop(1).findAll { !it.contains(null) }.collect { it*.toString()*.toBigInteger() }
        ends.collectMany { end -> [[-1, 0, 1, 1000, -1000]].multiply(end.size()).combinations().collect { off -> [end, off].transpose().collect { it[0] + it[1] } } }
    }

    def 'the last pieces of all tables come first: the server still has them in memory'() {
        given:
        def large = part('large', ['id'], (1..3).collect { [64, it] })
        def medium = part('medium', ['id'], (1..2).collect { [64, it * 10] })
        def small = part('small', ['id'], [[1, 7]])

        expect:
        piecesOf(large, medium, small)*.toString() == ['large behind 2', 'medium behind 10', 'small', 'large behind 1 up to 2', 'medium up to 10', 'large up to 1']
    }

    def 'a piece names its table and its range: #name'() {
        expect:
        inOrder(part('wp_5_meta', key, chunks))*.toString() == names

        where:
        key        | chunks                               || names
        ['id']     | [[1, 10]]                            || ['wp_5_meta']
        ['id']     | [[64, 10], [64, 20], [1, 30]]        || ['wp_5_meta up to 10', 'wp_5_meta behind 10 up to 20', 'wp_5_meta behind 20']
        ['a', 'b'] | [[64, 1, -5], [64, 1, 9], [1, 2, 0]] || ['wp_5_meta up to 1,-5', 'wp_5_meta behind 1,-5 up to 1,9', 'wp_5_meta behind 1,9']
        name = names.last()
    }
}
