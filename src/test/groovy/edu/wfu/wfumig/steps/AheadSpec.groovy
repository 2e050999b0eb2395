package edu.wfu.wfumig.steps

import edu.wfu.wfumig.RowDigest
import edu.wfu.wfumig.ScopeId
import edu.wfu.wfumig.database.Proof
import edu.wfu.wfumig.database.TableDefinition
import edu.wfu.wfumig.dump.Manifest.ChunkPart
import edu.wfu.wfumig.dump.Manifest.Frame
import edu.wfu.wfumig.dump.Manifest.TablePart
import spock.lang.Specification

/** What a loader without a table does while another one still loads. */
class AheadSpec extends Specification {
    static final ScopeId SITE = ScopeId.ofSite(43)

    def proven = new Proven(true)
    List<String> asked = []
    boolean closed

    /** A server that holds what each piece expects, but for the tables that are named. */
    private Proof server(List<TablePart> tables, List<String> wrong = []) {
        def proof = Stub(Proof)
        proof.digest(_, _, _, _) >> { String table, List columns, behind, upTo ->
            def piece = Piece.of(tables).find { "w_${it.table().name()}" == table && it.behind() == behind && it.upTo() == upTo }
            asked << piece.toString()
            piece.table().name() in wrong ? new RowDigest(piece.expected().rows(), piece.expected().sum() + 1) : piece.expected()
        }
        proof.close() >> { closed = true }
        proof
    }

    private static TablePart table(String name, int chunks) {
        new TablePart(name, '', [], ['id'], (1..chunks).collect {
            new ChunkPart(new Frame(it, 1, 64 << 20), 0, new RowDigest(it, 1000L + it + name.hashCode() % 7), ["$it".toString()])
        }, [])
    }

    private Ahead ahead(List<TablePart> tables, Proof... proofs) {
        def staged = tables.collectEntries { [it.name(), new TableDefinition("w_${it.name()}", '', [], ['id'], [])] }
        new Ahead(SITE, proven, staged, proofs.toList())
    }

    private static void prove(Ahead ahead) {
        for (def piece = ahead.next(); piece; piece = ahead.next()) piece.run()
    }

    def 'what is staged is proved while another table is still loaded, what was loaded last first; the rest is left'() {
        given:
        def tables = [table('large', 2), table('posts', 3), table('users', 1)]
        def ahead = ahead(tables, server(tables))

        when:
        ahead.staged(tables[1], false)
        ahead.staged(tables[2], false)
        prove(ahead)

        then:
        asked == ['users', 'posts behind 2', 'posts behind 1 up to 2', 'posts up to 1']
        proven.left(SITE, Piece.of(tables))*.toString() == ['large behind 1', 'large up to 1']

        when: 'another scope has tables of the same names'
        def others = proven.left(ScopeId.ofSite(44), Piece.of(tables))

        then:
        others.size() == 6

        when:
        ahead.close()

        then:
        closed
    }

    def 'what differs is left to the verify step'() {
        given:
        def tables = [table('large', 1), table('posts', 1), table('users', 1)]
        def ahead = ahead(tables, server(tables, ['posts']))

        when:
        ahead.staged(tables[1], false)
        ahead.staged(tables[2], false)
        prove(ahead)

        then:
        asked == ['users', 'posts']
        proven.left(SITE, Piece.of(tables))*.toString() == ['large', 'posts']
    }

    def 'where keys are made, the proof begins with the table, as the server does'() {
        given:
        def tables = [table('posts', 3), table('users', 1)]
        def ahead = ahead(tables, server(tables))

        when:
        ahead.staged(tables[1], false)
        ahead.staged(tables[0], true)
        prove(ahead)

        then:
        asked == ['posts up to 1', 'posts behind 1 up to 2', 'posts behind 2', 'users']
    }

    def 'nothing is proved ahead in a scope that is too small to gain'() {
        given:
        def tables = [table('users', 1)]
        def ahead = ahead(tables)

        when:
        ahead.staged(tables[0], false)

        then:
        ahead.next() == null
    }

    def 'a piece that must hold something else, or is staged anew, is proved anew'() {
        given:
        def before = table('posts', 2)
        Piece.of([before]).each { proven.add(SITE, it) }
        def chunks = [before.chunks()[0], new ChunkPart(before.chunks()[1].frame(), 0, new RowDigest(2, 7), ['2'])]
        def after = new TablePart('posts', '', [], ['id'], chunks, [])

        expect:
        proven.left(SITE, Piece.of([before])) == []
        proven.left(SITE, Piece.of([after]))*.toString() == ['posts behind 1']

        when:
        proven.forget(SITE)

        then:
        proven.left(SITE, Piece.of([before])).size() == 2
    }
}
