package edu.wfu.wfumig.steps

import edu.wfu.wfumig.RowDigest
import edu.wfu.wfumig.dump.Manifest
import edu.wfu.wfumig.dump.Manifest.ChunkPart
import edu.wfu.wfumig.dump.Manifest.Frame
import edu.wfu.wfumig.executor.Pulse
import edu.wfu.wfumig.steps.DumpProgress.Kept
import edu.wfu.wfumig.support.FakePulse
import java.nio.file.Path
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import spock.lang.Specification
import spock.lang.TempDir

/** A dump as those see it who follow it while it is written. */
class FeedSpec extends Specification {
    @TempDir Path folder
    def writing = new FakePulse()
    def following = new FakePulse()

    private FakeDump newDump(String... tables) {
        new FakeDump(folder.resolve('site-1/source.sql.zst'), writing, FakeDump.tables(tables))
    }

    private static Feed feedOf(FakeDump dump, String... tables) {
        def feed = Feed.of(tables.collect { FakeDump.part(it) }, dump.progress, [], [])
        dump.follower = { feed.safe(it) }
        feed
    }

    /** The chunk that a crew of one gets. */
    private ChunkPart chunk(Feed feed, String table, int place) {
        ChunkPart got = null
        Crew.share(following, ['tool'], [table], { String tool, String name, Crew crew -> got = feed.chunk(name, place, crew) } as Crew.Job)
        got
    }

    def 'who follows sees a chunk only when it is safe: on disk and in the ledger'() {
        given:
        def dump = newDump('a').begin('a')
        def feed = feedOf(dump, 'a')
        def parts = [dump.small('a', 1), dump.small('a', 2)]
        int looks = 0
        following.lookingAround = {
            assert writing.ledger.empty
            if (++looks == 2) dump.flush()
            if (looks > 9) throw new IllegalStateException('waited in vain')
        }

        expect: 'not when it is written, but when the ledger has it'
        chunk(feed, 'a', 0) == parts[0]
        looks == 2
        writing.ledger*.offset() == parts*.frame()*.offset()

        and: 'what became safe with it is there at once'
        chunk(feed, 'a', 1) == parts[1]
        looks == 2

        cleanup:
        dump?.close()
    }

    def 'who follows waits for each chunk of its own table, and gets null when that is complete'() {
        given:
        def dump = newDump('a', 'b').begin('a', 'b')
        def feed = feedOf(dump, 'a', 'b')
        def other = dump.full('b', 1)
        def steps = [{ dump.full('a', 1) }, { dump.full('b', 2) }, { dump.full('a', 2) }, { dump.complete('b'); dump.flush() }, { dump.complete('a'); dump.flush() }]
        following.lookingAround = { steps.remove(0)() }

        when:
        def seen = []
        for (int place = 0; place == seen.size(); place++) {
            def chunk = chunk(feed, 'a', place)
            if (chunk != null) seen << chunk.last()
        }

        then:
        seen == [['1'], ['2']]
        steps.empty
        chunk(feed, 'b', 0) == other
        chunk(feed, 'b', 2) == null

        cleanup:
        dump?.close()
    }

    def 'a dump that is complete keeps nobody waiting'() {
        given:
        def dump = newDump('a', 'empty').begin('a', 'empty')
        dump.full('a', 1)
        dump.small('a', 2)
        dump.complete('a', 'empty')
        def feed = Feed.of(dump.end())

        expect:
        [0, 1, 2].collect { chunk(feed, 'a', it)?.last() } == [['1'], ['2'], null]
        chunk(feed, 'empty', 0) == null
        following.beats == 0

        cleanup:
        dump?.close()
    }

    def 'who waits is stopped when the run is'() {
        given:
        def dump = newDump('a').begin('a')
        following.stopsAfter = 2

        when:
        chunk(feedOf(dump, 'a'), 'a', 0)

        then:
        thrown(Pulse.Stopped)
        following.beats == 3

        cleanup:
        dump?.close()
    }

    def 'who waits is stopped when another of its crew has failed'() {
        given:
        def dump = newDump('a').begin('a')
        def feed = feedOf(dump, 'a')
        def waits = new CountDownLatch(1)
        following.lookingAround = {
            waits.countDown()
            if (following.beats > 50) throw new IllegalStateException('waited in vain')
        }
        Throwable stopped = null

        when:
        Crew.share(following, ['own', 'other'], ['follows', 'fails'], { String tool, String job, Crew crew ->
            if (job == 'fails') {
                waits.await(10, TimeUnit.SECONDS)
                throw new IOException('disk')
            }
            try {
                feed.chunk('a', 0, crew)
            } catch (Pulse.Stopped e) {
                stopped = e
            }
        } as Crew.Job)

        then:
        thrown(IOException)
        stopped != null

        cleanup:
        dump?.close()
    }

    def 'who waits is stopped when its thread is released'() {
        given:
        def dump = newDump('a').begin('a')
        following.lookingAround = {
            if (following.beats > 1) throw new IllegalStateException('goes on waiting')
            Thread.currentThread().interrupt()
        }

        when:
        chunk(feedOf(dump, 'a'), 'a', 0)

        then:
        thrown(Pulse.Stopped)
        Thread.interrupted()

        cleanup:
        dump?.close()
    }

    private static Kept kept(List<Integer> lasts, boolean complete) {
        new Kept(0, lasts.collect { new ChunkPart(new Frame(0, 1, 1), 0, RowDigest.EMPTY, it == null ? null : [it.toString()]) }, complete)
    }

    def 'what an earlier attempt did of #table, #what, comes from this dump: #covered'() {
        given: 'a dump that was left with a and lost unfinished, and is gone on with'
        newDump('a', 'b', 'lost', 'empty', 'plain').withCloseable { left ->
            left.begin('a', 'b', 'lost', 'empty', 'plain')
            left.full('a', 1)
            left.full('b', 1)
            left.full('plain', 1, false)
            left.full('a', 2)
            left.complete('b', 'empty', 'plain')
            left.flush()
            left.small('a', 3)
        }
        def dump = newDump('a', 'b', 'lost', 'empty', 'plain').begin('a', 'b', 'lost', 'empty', 'plain')
        def feed = feedOf(dump, 'a', 'b', 'lost', 'empty', 'plain')

        expect:
        feed.covers(table, kept(lasts, complete)) == covered

        when: 'it is of no matter that this dump comes to have such a chunk: it may hold other rows'
        [3, 4].each { dump.full('a', it) }
        dump.full('lost', 1)
        dump.complete('a', 'lost')
        dump.flush()

        then:
        feed.covers(table, kept(lasts, complete)) == covered

        cleanup:
        dump?.close()

        where:
        table   | lasts     | complete | what                                  || covered
        'a'     | [1]       | false    | 'up to a chunk of it'                 || true
        'a'     | [1, 2]    | false    | 'up to its last one'                  || true
        'a'     | [1, 2, 3] | false    | 'up to one that it lost'              || false
        'a'     | [2, 4]    | false    | 'up to one that it has only later'    || false
        'a'     | [1, 2]    | true     | 'all, when it did not have all'       || false
        'b'     | [1]       | true     | 'all'                                 || true
        'b'     | [7]       | true     | 'all, of other chunks'                || false
        'lost'  | [1]       | false    | 'of which it had nothing'             || false
        'lost'  | []        | true     | 'all, of which it had nothing'        || false
        'empty' | []        | true     | 'all, which is nothing'               || true
        'plain' | [null]    | true     | 'all, in an order without a key'      || true
    }

    def 'who goes on behind #last does so with chunk #next'() {
        given:
        def feed = Feed.of(new Manifest(1, 'site-1', '', '', 0, [FakeDump.part('a', kept([3, 5, 9], true).chunks())], [], []))

        expect:
        feed.place('a', [last.toString()]) + 1 == next

        where:
        last || next
        3    || 1
        5    || 2
        9    || 3
        4    || 0
    }
}
