package edu.wfu.wfumig.wordpress;

import java.util.Set;
import java.util.function.LongPredicate;

/**
 * To whom a table of a WordPress network belongs, told from its name alone.
 *
 * <ol>
 *   <li>A name that does not begin with the prefix, letter by letter, is another application's.
 *   <li>{@code <prefix><digits>_<rest>} with digits as WordPress writes them belongs to that site; when the network
 *       has no such site, it is an orphan that a deleted site left behind.
 *   <li>{@code <prefix><name of a network table>} belongs to the network.
 *   <li>All else belongs to the main site: {@code wp_2fa_log}, {@code wp_22nd_century}, {@code wp_43}.
 * </ol>
 *
 * Source: wpdb::tables(), wpdb::$global_tables and wpdb::$ms_global_tables of WordPress.
 */
public sealed interface TableOwner {
    record Site(long id) implements TableOwner {}

    record Network() implements TableOwner {}

    /** Looks like a table of site {@code id}, which the network does not have. */
    record Orphan(long id) implements TableOwner {}

    record Foreign() implements TableOwner {}

    long MAIN_SITE = 1;

    Set<String> NETWORK_TABLES = Set.of(
            "users",
            "usermeta",
            "blogs",
            "blogmeta",
            "blog_versions",
            "signups",
            "site",
            "sitemeta",
            "sitecategories",
            "registration_log");

    static TableOwner of(String table, String prefix, LongPredicate siteExists) {
        if (!table.startsWith(prefix) || table.length() == prefix.length()) return new Foreign();
        String rest = table.substring(prefix.length());
        int digits = 0;
        while (digits < rest.length() && rest.charAt(digits) >= '0' && rest.charAt(digits) <= '9') digits++;
        boolean numbered = digits > 0
                && digits <= 18
                && rest.charAt(0) != '0'
                && rest.length() > digits + 1
                && rest.charAt(digits) == '_';
        if (numbered) {
            long id = Long.parseLong(rest.substring(0, digits));
            return siteExists.test(id) ? new Site(id) : new Orphan(id);
        }
        return NETWORK_TABLES.contains(rest) ? new Network() : new Site(MAIN_SITE);
    }

    /** The prefix of a site's own tables: {@code wp_} for the main site, {@code wp_43_} for site 43. */
    static String sitePrefix(String prefix, long site) {
        return site == MAIN_SITE ? prefix : prefix + site + "_";
    }
}
