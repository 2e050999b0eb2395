package edu.wfu.wfumig.support

import edu.wfu.wfumig.database.Database
import edu.wfu.wfumig.database.SqlSession
import edu.wfu.wfumig.inventory.Structure
import groovy.transform.CompileStatic

/** A database whose client dies: its last word to the server has its effect, and nobody hears of it. */
@CompileStatic
class MortalDatabase implements Database {
    /** What a killed process does not catch. */
    static class Death extends Error {}

    @Delegate
    private final Database real
    private final int last
    private final String lastText
    int said

    /** Dies at its n-th word. */
    MortalDatabase(Database real, int last) {
        this.real = real
        this.last = last
        this.lastText = null
    }

    /** Dies at the statement that begins so. */
    MortalDatabase(Database real, String text) {
        this.real = real
        this.last = -1
        this.lastText = text
    }

    @Override
    SqlSession session(String schema) { new Mortal(real.session(schema)) }

    @CompileStatic
    private class Mortal implements SqlSession {
        private final SqlSession session

        Mortal(SqlSession session) { this.session = session }

        /** The server ends what the connection had begun. */
        private void dieIfLast(String sql) {
            said++
            if (said != last && (lastText == null || !sql.startsWith(lastText))) return
            session.close()
            throw new Death()
        }

        @Override
        void run(String sql) {
            session.run(sql)
            dieIfLast(sql)
        }

        @Override
        long change(String sql, String... values) {
            long changed = session.change(sql, values)
            dieIfLast(sql)
            changed
        }

        @Override
        List<List<String>> rows(String sql, String... values) { session.rows(sql, values) }

        @Override
        boolean has(String table) { session.has(table) }

        @Override
        Structure structure(String prefix) { session.structure(prefix) }

        @Override
        void together(Runnable work) { session.together(work) }

        @Override
        boolean alive() { session.alive() }

        @Override
        void close() { session.close() }
    }
}
