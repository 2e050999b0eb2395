package edu.wfu.wfumig.database.mysql

import edu.wfu.wfumig.database.Catalogue.Part
import edu.wfu.wfumig.database.Needs
import edu.wfu.wfumig.inventory.ServerFacts
import java.time.Duration
import spock.lang.Specification

/** Servers that are set up in ways that would break a run in its middle, and what is said before it begins. */
class MysqlExaminationSpec extends Specification {
    static final Map<String, String> HEALTHY = [read_only: 'OFF', super_read_only: 'OFF', innodb_read_only: 'OFF', transaction_read_only: 'OFF', innodb_force_recovery: '0',
                                                max_connections: '151', threads_connected: '3', max_user_connections: '0', max_allowed_packet: '67108864', innodb_page_size: '16384',
                                                max_error_count: '64', sql_select_limit: '18446744073709551615', sql_big_selects: 'ON', max_join_size: '18446744073709551615',
                                                max_statement_time: '0.000000', completion_type: 'NO_CHAIN', log_bin: 'OFF', log_bin_trust_function_creators: 'OFF',
                                                lower_case_table_names: '0', sql_require_primary_key: 'OFF', disabled_storage_engines: '', wsrep_on: 'OFF']
    static final Map<String, Object> GOOD = [product: 'MySQL', version: '8.4.3', engines: ['InnoDB'], collations: ['utf8mb4_bin'], localInfile: true, ahead: 0, superuser: false, free: -1L,
                                             part: Part.REPLACE, keyless: true, triggers: true, capitals: true, bytes: 10L << 30, packet: 64L << 20, page: 16_384L]

    private static findings(Map<String, String> variables, Map<String, Object> other) {
        def set = GOOD + other
        def facts = new ServerFacts(set.product as String, set.version as String, 'db:/data/', set.collations as Set, set.engines as Set, set.localInfile as boolean, true)
        new MysqlExamination(facts, HEALTHY + variables, Duration.ofSeconds(set.ahead as long), set.superuser as boolean, set.free as long)
                .of(new Needs('target', set.part as Part, 10, 1, set.keyless as boolean, set.triggers as boolean, set.capitals as boolean, set.bytes as long, set.packet as long, set.page as long))
    }

    def 'a server as it is delivered is fit: #what'() {
        expect:
        findings(variables, other).problems() == []

        where:
        what                                         | variables                                                    | other
        'MySQL'                                      | [:]                                                          | [:]
        'MariaDB'                                    | [:]                                                          | [product: 'MariaDB', version: '10.11.6']
        'keys are demanded, and all have one'        | [sql_require_primary_key: 'ON']                              | [keyless: false]
        'a binary log, and an account that may'      | [log_bin: 'ON']                                              | [superuser: true]
        'a binary log that trusts'                   | [log_bin: 'ON', log_bin_trust_function_creators: 'ON']       | [:]
        'small letters, and all names are small'     | [lower_case_table_names: '1']                                | [capitals: false]
        'a source that may not be written'           | [read_only: 'ON', max_allowed_packet: '1024']                | [part: Part.READ]
        'as much room as is needed'                  | [:]                                                          | [free: 10L << 30]
        'packets as small as the source has'         | [max_allowed_packet: '4194304']                              | [packet: 4L << 20]
    }

    def 'caught: #variables #other'() {
        when:
        def found = findings(variables, other).problems()

        then:
        found*.found() == ["the target's server $message".toString()]
        found[0].next() == next
        found[0].safe() == 'nothing was written'

        where:
        variables                                    | other                                    || message | next
        [:]                                          | [version: '5.7.44']                      || 'is MySQL 5.7.44' | 'upgrade it'
        [:]                                          | [product: 'MariaDB', version: '10.5.29'] || 'is MariaDB 10.5.29' | 'upgrade it'
        [read_only: 'ON']                            | [:]                                      || 'may not be written (read_only)' | 'is this the primary?'
        [read_only: 'NO_LOCK_NO_ADMIN']              | [product: 'MariaDB', version: '12.0.2']  || 'may not be written (read_only)' | 'is this the primary?'
        [super_read_only: 'ON']                      | [:]                                      || 'may not be written (super_read_only)' | 'is this the primary?'
        [innodb_read_only: 'ON']                     | [:]                                      || 'may not be written (innodb_read_only)' | 'is this the primary?'
        [transaction_read_only: 'ON']                | [:]                                      || 'begins transactions that only read (transaction_read_only)' | 'SET GLOBAL transaction_read_only = OFF'
        [tx_read_only: 'ON']                         | [product: 'MariaDB', version: '10.11.6'] || 'begins transactions that only read (tx_read_only)' | 'SET GLOBAL tx_read_only = OFF'
        [innodb_force_recovery: '3']                 | [:]                                      || 'is being rescued (innodb_force_recovery is 3)' | 'end the rescue first'
        [:]                                          | [engines: ['MyISAM']]                    || 'makes no InnoDB tables' | 'enable it'
        [disabled_storage_engines: 'MyISAM,InnoDB']  | [:]                                      || 'makes no InnoDB tables' | 'enable it'
        [:]                                          | [collations: ['latin1_swedish_ci']]      || 'has no charset utf8mb4' | 'upgrade it'
        [max_connections: '12']                      | [:]                                      || 'has room for 9 more connections (max_connections is 12)' | "raise max_connections, or lower the plan's parallel"
        [threads_connected: '150']                   | [part: Part.READ]                        || 'has room for 1 more connections (max_connections is 151)' | "raise max_connections, or lower the plan's parallel"
        [max_user_connections: '5']                  | [:]                                      || 'gives an account 5 connections (max_user_connections)' | "raise max_user_connections, or lower the plan's parallel"
        [:]                                          | [ahead: 301]                             || 'has a clock that is 5 min 1 s before the one here' | 'set the clock that is wrong'
        [:]                                          | [ahead: -7200, part: Part.READ]          || 'has a clock that is 2 h 0 min behind the one here' | 'set the clock that is wrong'
        [sql_select_limit: '1000']                   | [part: Part.READ]                        || 'cuts every result off after 1000 rows (sql_select_limit)' | 'SET GLOBAL sql_select_limit = DEFAULT'
        [sql_big_selects: 'OFF', max_join_size: '9'] | [part: Part.READ]                        || 'refuses to read many rows (sql_big_selects is OFF)' | 'SET GLOBAL sql_big_selects = ON'
        [max_statement_time: '30.000000']            | [part: Part.READ]                        || 'ends statements that take long (max_statement_time is 30.000000)' | 'SET GLOBAL max_statement_time = 0'
        [max_execution_time: '5000']                 | [:]                                      || 'ends statements that take long (max_execution_time is 5000)' | 'SET GLOBAL max_execution_time = 0'
        [completion_type: 'RELEASE']                 | [:]                                      || 'ends a connection with its transaction (completion_type)' | "SET GLOBAL completion_type = 'NO_CHAIN'"
        [max_allowed_packet: '1048576']              | [:]                                      || 'takes values of 1.0 MB at most (max_allowed_packet), the source has up to 64.0 MB' | 'SET GLOBAL max_allowed_packet = 16777216'
        [max_error_count: '0']                       | [:]                                      || 'keeps no warnings (max_error_count)' | 'SET GLOBAL max_error_count = DEFAULT'
        [sql_require_primary_key: 'ON']              | [:]                                      || 'takes no table without a primary key (sql_require_primary_key), and some have none' | 'SET GLOBAL sql_require_primary_key = OFF, or exclude those tables'
        [pxc_strict_mode: 'ENFORCING']               | [:]                                      || 'takes no rows without a primary key (pxc_strict_mode)' | 'exclude those tables'
        [log_bin: 'ON']                              | [:]                                      || 'lets this account make no triggers while it writes a binary log' | 'SET GLOBAL log_bin_trust_function_creators = ON'
        [lower_case_table_names: '1']                | [:]                                      || 'turns the names of tables into small letters (lower_case_table_names), and some have capitals' | 'exclude those tables, or use another server'
        [innodb_page_size: '8192']                   | [:]                                      || 'has pages of 8.0 KB, the source has 16.0 KB: keys and rows may be too long' | 'use another server'
        [wsrep_on: 'ON', wsrep_osu_method: 'RSU']    | [:]                                      || 'changes definitions on one node alone (wsrep_OSU_method)' | "SET GLOBAL wsrep_OSU_method = 'TOI'"
        [:]                                          | [free: 9L << 30]                         || 'has 9.0 GB left on its disk' | 'make room, or move fewer sites at a time'
    }

    def 'remarked: #message'() {
        expect:
        findings(variables, other).problems() == []
        findings(variables, other).remarks() == ["the target's server $message".toString()]

        where:
        variables                        | other                | message
        [:]                              | [localInfile: false] | 'forbids LOAD DATA LOCAL; rows go in by INSERT, which is slower'
        [max_allowed_packet: '16777216'] | [:]                  | 'takes values of 16.0 MB at most, the source may have some up to 64.0 MB'
        [wsrep_on: 'ON']                 | [:]                  | 'is a node of a cluster: the lock holds among those who come through this node'
    }

    def '#version is older than #than: #older'() {
        expect:
        MysqlExamination.older(version, than) == older

        where:
        version     | than   || older
        '8.0.36'    | '8.0'  || false
        '9.7.0'     | '8.0'  || false
        '10.6'      | '10.6' || false
        '10.11.6'   | '10.6' || false
        '10.5.9'    | '10.6' || true
        '5.7'       | '8.0'  || true
    }
}
