package edu.wfu.wfumig.steps

import edu.wfu.wfumig.Problem
import edu.wfu.wfumig.Refusal
import edu.wfu.wfumig.RowDigest
import edu.wfu.wfumig.ScopeId
import edu.wfu.wfumig.database.Database
import edu.wfu.wfumig.database.Proof
import edu.wfu.wfumig.database.SchemaEditor
import edu.wfu.wfumig.database.TableDefinition
import edu.wfu.wfumig.dump.Manifest.ChunkPart
import edu.wfu.wfumig.dump.Manifest.Frame
import edu.wfu.wfumig.dump.Manifest.TablePart
import edu.wfu.wfumig.support.FakePulse
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import spock.lang.Specification
import spock.lang.Timeout

/** Keys that come behind the rows of a table, and what its loader does meanwhile. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LateKeysSpec extends Specification {
    static final ScopeId SITE = ScopeId.ofSite(43)
    static final TablePart POSTS = new TablePart('posts', '', [], ['id'], (1..3).collect {
        new ChunkPart(new Frame(it, 1, 64 << 20), 0, new RowDigest(it, it), ["$it".toString()])
    }, [])

    final List<String> happened = Collections.synchronizedList([])
    final proven = new Proven(true)
    Ahead ahead

    /** @param proved what a proof does before it answers */
    private void make(Closure making, Closure proved = { }, TablePart table = POSTS) {
        def editor = Stub(SchemaEditor) { complete(_) >> { String sql -> making(); happened << sql } }
        def proof = Stub(Proof) {
            digest(_, _, _, _) >> { String name, List columns, behind, upTo ->
                proved()
                happened << "proved behind ${behind?.values()}".toString()
                Piece.of([table]).find { it.behind() == behind }.expected()
            }
        }
        ahead = new Ahead(SITE, proven, [posts: new TableDefinition('posts', '', [], ['id'], [])], [proof])
        def keys = new LateKeys(Stub(Database) { it.editor() >> editor })
        keys.add('posts', 'ALTER')
        Crew.share(new FakePulse(), [1], [1], { tool, work, crew -> keys.make(table, ahead, crew) } as Crew.Job)
    }

    def 'while the server makes them, the rows are proved from the beginning of the table'() {
        given:
        def all = new CountDownLatch(3)

        when:
        make({ all.await() }, { all.countDown() })

        then:
        happened - 'ALTER' == ['proved behind null', 'proved behind [1]', 'proved behind [2]']
        proven.left(SITE, Piece.of([POSTS])) == []
    }

    def 'when they are there before, the rest is left to others'() {
        when:
        make({ }, { sleep 300 })

        then:
        happened.size() < 4
        'ALTER' in happened
    }

    def 'a table that is proved in one piece is proved behind its keys, which would wait for all of it'() {
        when:
        make({ sleep 100 }, { }, new TablePart('posts', '', [], [], [POSTS.chunks()[0]], []))

        then:
        happened == ['ALTER']

        when:
        ahead.next().run()

        then:
        happened == ['ALTER', 'proved behind null']
    }

    def 'a proof that is cut off is left to the verify step'() {
        given:
        def cut = new Refusal(Refusal.Kind.PASSING, Problem.of('the connection was lost', '', '', ''))

        when:
        make({ sleep 100 }, { throw cut })

        then:
        happened == ['ALTER']
        proven.left(SITE, Piece.of([POSTS])).size() == 3
    }

    def 'a proof that fails does not leave the statement behind'() {
        when:
        make({ sleep 300 }, { throw new IllegalStateException('the server is gone') })

        then:
        def failure = thrown(IllegalStateException)
        failure.message == 'the server is gone'
        happened == ['ALTER']
    }

    def 'a statement that fails fails the table'() {
        when:
        make({ throw new IllegalStateException('no room to sort') })

        then:
        def failure = thrown(IllegalStateException)
        failure.message == 'no room to sort'
    }
}
