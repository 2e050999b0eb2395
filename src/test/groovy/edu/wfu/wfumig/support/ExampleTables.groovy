package edu.wfu.wfumig.support

import edu.wfu.wfumig.inventory.Column
import edu.wfu.wfumig.inventory.ForeignKey
import edu.wfu.wfumig.inventory.Holding
import edu.wfu.wfumig.inventory.Inventory
import edu.wfu.wfumig.inventory.NotCarried
import edu.wfu.wfumig.inventory.ServerFacts
import edu.wfu.wfumig.inventory.Table
import groovy.transform.CompileStatic

/** Databases of PostgreSQL made up in memory: what a survey would have found. */
@CompileStatic
class ExampleTables {
    private static Column column(String name, String type, boolean generated = false) {
        new Column(name, type, '', '', generated)
    }

    private static Table table(String name, List<Column> more = [], List<String> key = ['id'], long rows = 100, long bytes = 65536) {
        new Table(name, '', '', rows, bytes, new Table.Shape([column('id', 'int8'), column('url', 'text')] + more, key))
    }

    private static Holding holding(String version, String identity, List<Table> tables, List<String> views, List<ForeignKey> keys, List<NotCarried> left) {
        def server = new ServerFacts('PostgreSQL', version, identity, [] as Set, [] as Set, false, true)
        new Holding(server, 'public', 'wp_', tables, views, [], keys, [], Optional.<String> empty(), [], left)
    }

    /** The databases of dsl-examples: the target lacks a table, has one of its own, and one that differs. */
    static Inventory examples() {
        def active = column('active', 'bool')
        def local = [table('archon_sources'), table('archon_crawled_pages', [column('embedding', 'vector')], ['id'], 1_200_000, 900_000_000),
                     table('archon_prompts', [active, column('length', 'int4', true), column('note', 'text')]), table('archon_settings', [], []),
                     table('archon_mcp_sessions'), table('archon_mcp_requests'), table('people', [column('age', 'int4')]), table('wfumig_history')]
        def remote = [table('archon_sources'), table('archon_crawled_pages', [column('embedding', 'vector')]), table('archon_prompts', [active, column('rank', 'int4')]),
                      table('archon_audit'), table('visits'), table('people', [column('age', 'text')])]
        new Inventory(
                holding('17.6', 'local:1', local, ['archon_v_pages', 'v_people'], [new ForeignKey('owner', 'archon_sources', 'people')],
                        [new NotCarried('archon_sources', 'its row-level security (2 policies)', false), new NotCarried('people', 'its partitions', false),
                         new NotCarried('archon_events', 'it is split into partitions', true), new NotCarried('audits', 'it is split into partitions', true)]),
                holding('15.14', 'remote:2', remote, [], [new ForeignKey('visited', 'visits', 'archon_sources')], []))
    }
}
