package edu.wfu.wfumig.wordpress

import spock.lang.Specification

class TableOwnerSpec extends Specification {
    def '#table belongs to #owner'() {
        expect:
        TableOwner.of(table, 'wp_', { it in [1L, 2L, 4L, 22L, 43L] }) == owner

        where:
        table                       | owner
        'wp_posts'                  | new TableOwner.Site(1)
        'wp_43_posts'               | new TableOwner.Site(43)
        'wp_4_gf_entry'             | new TableOwner.Site(4)
        'wp_43_my-odd.table'        | new TableOwner.Site(43)
        'wp_430_stats'              | new TableOwner.Orphan(430)
        'wp_6_gf_entry'             | new TableOwner.Orphan(6)
        'wp_2fa_log'                | new TableOwner.Site(1)
        'wp_22nd_century'           | new TableOwner.Site(1)
        'wp_43'                     | new TableOwner.Site(1)
        'wp_43_'                    | new TableOwner.Site(1)
        'wp_04_posts'               | new TableOwner.Site(1)
        'wp_users'                  | new TableOwner.Network()
        'wp_sitemeta'               | new TableOwner.Network()
        'wp_blogs'                  | new TableOwner.Network()
        'wp_43_users'               | new TableOwner.Site(43)
        'wpx43_posts'               | new TableOwner.Foreign()
        'otherapp_urls'             | new TableOwner.Foreign()
        'WP_43_posts'               | new TableOwner.Foreign()
        'wp_'                       | new TableOwner.Foreign()
        'wp_99999999999999999999_x' | new TableOwner.Site(1)
    }

    def 'a prefix of several parts works like any other'() {
        expect:
        TableOwner.of('wp_2_3_posts', 'wp_2_', { it == 3L }) == new TableOwner.Site(3)
        TableOwner.sitePrefix('wp_2_', 3) == 'wp_2_3_'
        TableOwner.sitePrefix('wp_2_', 1) == 'wp_2_'
    }
}
