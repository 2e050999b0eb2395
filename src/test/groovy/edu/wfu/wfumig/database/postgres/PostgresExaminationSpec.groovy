package edu.wfu.wfumig.database.postgres

import edu.wfu.wfumig.database.Catalogue.Part
import edu.wfu.wfumig.database.Needs
import edu.wfu.wfumig.support.TestPostgres
import java.time.Duration
import spock.lang.Specification

/** Servers that are set up in ways that would break a run in its middle, and what is said before it begins. */
class PostgresExaminationSpec extends Specification {
    static final Map<String, Object> GOOD = [version: 170011, readOnly: false, connections: 97L, ahead: 0L, same: true, encoding: 'UTF8', locks: 6400L, part: Part.REPLACE, tables: 20]

    private static findings(Map<String, Object> other) {
        def set = GOOD + other
        new PostgresExamination(set.version as int, set.readOnly as boolean, set.connections as long, Duration.ofSeconds(set.ahead as long), set.same as boolean, set.encoding as String, set.locks as long)
                .of(new Needs('target', set.part as Part, 10, set.tables as int, true, true, true, 0, 0, 0))
    }

    def 'fit: #other'() {
        expect:
        findings(other).problems() == []

        where:
        other << [[:], [version: 130022], [encoding: 'SQL_ASCII'], [connections: 10L], [ahead: 200L], [readOnly: true, encoding: 'LATIN1', locks: 10L, part: Part.READ]]
    }

    def 'caught: #other'() {
        when:
        def found = findings(other).problems()

        then:
        found*.found() == ["the target's server $message".toString()]
        found[0].next() == next

        where:
        other                  || message                                                           | next
        [version: 120022]      || 'is PostgreSQL 12'                                                | 'upgrade it'
        [same: false]          || 'is behind a pool: the process that answers is not the one that let us in' | 'name the port of the server itself'
        [connections: 9L]      || 'has 9 connections left for this account'                         | 'raise max_connections or the limit of the role or database, or lower the plan\'s parallel'
        [connections: -2L]     || 'has 0 connections left for this account'                         | 'raise max_connections or the limit of the role or database, or lower the plan\'s parallel'
        [ahead: -400L]         || 'has a clock that is 6 min 40 s behind the one here'                | 'set the clock that is wrong'
        [readOnly: true]       || 'may not be written (a standby, or default_transaction_read_only)' | 'is this the primary?'
        [encoding: 'LATIN1']   || 'keeps its texts as LATIN1, and digests are of the bytes that are kept' | "CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"
        [tables: 1000]         || 'may lock 6400 objects together (max_locks_per_transaction), and 1000 tables change places in one transaction' | 'raise max_locks_per_transaction, or move fewer tables at a time'
    }

    def 'an embedded server of either age is fit, and one that only reads is not a target'() {
        given:
        def needs = new Needs('target', Part.REPLACE, 10, 20, true, true, true, 0, 0, 0)
        server.create('fit', 'reading')
        server.sql('ALTER DATABASE reading SET default_transaction_read_only = on')

        expect:
        problems(server, 'fit', needs) == []
        problems(server, 'reading', needs)*.found() == ["the target's server may not be written (a standby, or default_transaction_read_only)"]

        cleanup:
        server.drop('fit', 'reading')

        where:
        server << [TestPostgres.older(), TestPostgres.newer()]
    }

    private static problems(TestPostgres server, String database, Needs needs) {
        server.database(database).catalogue().withCloseable { it.examine(needs).problems() }
    }
}
