package edu.wfu.wfumig.support

import edu.wfu.wfumig.Address
import edu.wfu.wfumig.inventory.Column
import edu.wfu.wfumig.inventory.ForeignKey
import edu.wfu.wfumig.inventory.Holding
import edu.wfu.wfumig.inventory.Inventory
import edu.wfu.wfumig.inventory.ServerFacts
import edu.wfu.wfumig.inventory.Site
import edu.wfu.wfumig.inventory.Table
import groovy.transform.CompileStatic

/** Inventories made up in memory: what a survey would have found. */
@CompileStatic
class ExampleNetwork {
    static final List<String> OF_A_SITE = ['commentmeta', 'comments', 'links', 'options', 'postmeta', 'posts', 'term_relationships',
                                           'term_taxonomy', 'termmeta', 'terms']
    static final List<String> OF_THE_NETWORK = ['blogmeta', 'blogs', 'registration_log', 'signups', 'site', 'sitemeta', 'usermeta', 'users']
    private static final Table.Shape SHAPE = new Table.Shape([
            new Column('ID', 'bigint', '', '', false), new Column('guid', 'varchar', 'utf8mb4', 'utf8mb4_unicode_520_ci', false),
            new Column('content', 'longtext', 'utf8mb4', 'utf8mb4_unicode_520_ci', false)], ['ID'])
    static final ServerFacts MARIADB = new ServerFacts('MariaDB', '11.4.5', 'db:3306', ['utf8mb4_unicode_520_ci', 'utf8mb4_bin'] as Set, ['InnoDB'] as Set, true, true)

    static Site site(long id, String host, String path, Map<String, Object> facts = [:]) {
        new Site(id, 1, new Address(host, path), '2022-01-01 00:00:00', (facts.updated ?: '2025-01-01 00:00:00') as String, true,
                facts.archived as boolean, false, facts.spam as boolean, facts.deleted as boolean, 0)
    }

    static Table table(String name, long rows = 100, long bytes = 65536) {
        new Table(name, 'InnoDB', 'utf8mb4_unicode_520_ci', rows, bytes, SHAPE)
    }

    static Holding holding(String schema, List<Site> sites, List<Table> more = [], List<String> views = []) {
        List<Table> tables = []
        if (sites) OF_THE_NETWORK.each { tables << table("wp_$it") }
        sites.each { Site site ->
            def prefix = site.id() == 1L ? 'wp_' : "wp_${site.id()}_"
            OF_A_SITE.each { tables << table("$prefix$it", site.id() == 22L ? 50_000 : 100, site.id() == 22L ? 200_000_000 : 65_536) }
        }
        new Holding(MARIADB, schema, 'wp_', tables + more, views, [], [] as List<ForeignKey>, sites, Optional.<String> empty(), [] as List<String>, [])
    }

    /** The network of dsl-examples: seven sites on dev, six of them on uat as well, and one that only uat has. */
    static Inventory examples() {
        def dev = [site(1, 'dev.wfu.test', '/'), site(3, 'dev.wfu.test', '/news/'), site(8, 'law.dev.wfu.test', '/'),
                   site(22, 'dev.wfu.test', '/magazine/'), site(43, 'dev.wfu.test', '/store/'),
                   site(70, 'dev.wfu.test', '/old/', [archived: true, updated: '2019-05-05 00:00:00']), site(90, 'dev.wfu.test', '/press/')]
        def uat = [site(1, 'uat.wfu.test', '/'), site(3, 'uat.wfu.test', '/news/'), site(8, 'law.uat.wfu.test', '/'),
                   site(22, 'uat.wfu.test', '/magazine/'), site(43, 'uat.wfu.test', '/shop/'), site(70, 'uat.wfu.test', '/old/'),
                   site(99, 'uat.wfu.test', '/only-here/')]
        new Inventory(
                holding('wp_dev', dev, [table('wp_43_actionscheduler_logs'), table('wp_43_api_log', 9_000, 2_000_000), table('wp_2fa_log'), table('wp_6_posts'), table('other')], ['wp_43_v_paid']),
                holding('wp_uat', uat, [table('wp_43_old_plugin')]))
    }
}
