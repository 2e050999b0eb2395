package edu.wfu.wfumig.database.mysql;

import edu.wfu.wfumig.Quantity;
import edu.wfu.wfumig.database.Catalogue.Part;
import edu.wfu.wfumig.database.Findings;
import edu.wfu.wfumig.database.Found;
import edu.wfu.wfumig.database.Needs;
import edu.wfu.wfumig.inventory.ServerFacts;
import java.time.Duration;
import java.util.Map;

/**
 * Holds a server's settings against what a run needs. Pure, so that a table of broken servers can show each finding. Source: MySQL
 * and MariaDB manuals, "Server System Variables".
 *
 * @param variables the server's global variables, and {@code Threads_connected}, by their names in lower case
 * @param ahead how far the server's clock is before the clock here
 * @param superuser whether the account may do what SUPER may
 * @param freeBytes how much room the server's disk has; negative when it does not say
 */
record MysqlExamination(
        ServerFacts facts, Map<String, String> variables, Duration ahead, boolean superuser, long freeBytes) {
    /** The oldest that specs run against are newer; what is older lacks collations, locks or statements that are used. */
    private static final String OLDEST_MYSQL = "8.0";

    private static final String OLDEST_MARIADB = "10.6";
    /** What every server takes that is left as it is delivered. */
    private static final long ENOUGH_FOR_MOST = 16L << 20;

    private static final Duration CLOCKS = Duration.ofMinutes(5);

    Findings of(Needs needs) {
        var found = new Found(needs.side());
        version(found);
        connections(needs, found);
        clock(found);
        selects(found);
        if (needs.part() == Part.REPLACE) {
            writable(found);
            loading(needs, found);
            definitions(needs, found);
            room(needs, found);
        }
        return found.findings();
    }

    private void version(Found found) {
        String oldest = facts.mariadb() ? OLDEST_MARIADB : OLDEST_MYSQL;
        if (older(facts.version(), oldest)) {
            found.problem("is " + facts, facts.product() + " " + oldest + " or newer", "upgrade it");
        }
        if (on("wsrep_on")) {
            found.remark("is a node of a cluster: the lock holds among those who come through this node");
            if (text("wsrep_osu_method").equals("RSU")) {
                found.problem(
                        "changes definitions on one node alone (wsrep_OSU_method)",
                        "TOI",
                        "SET GLOBAL wsrep_OSU_method = 'TOI'");
            }
        }
    }

    static boolean older(String version, String than) {
        String[] one = version.split("\\D+");
        String[] other = than.split("\\D+");
        for (int i = 0; i < other.length; i++) {
            int a = i < one.length && !one[i].isEmpty() ? Integer.parseInt(one[i]) : 0;
            int b = Integer.parseInt(other[i]);
            if (a != b) return a < b;
        }
        return false;
    }

    private void connections(Needs needs, Found found) {
        long most = number("max_connections", Long.MAX_VALUE);
        long left = most - number("threads_connected", 0);
        if (left < needs.connections()) {
            found.problem(
                    "has room for " + left + " more connections (max_connections is " + most + ")",
                    "at least " + needs.connections(),
                    "raise max_connections, or lower the plan's parallel");
        }
        long ofUser = number("max_user_connections", 0);
        if (ofUser > 0 && ofUser < needs.connections()) {
            found.problem(
                    "gives an account " + ofUser + " connections (max_user_connections)",
                    "at least " + needs.connections(),
                    "raise max_user_connections, or lower the plan's parallel");
        }
    }

    private void clock(Found found) {
        if (ahead.abs().compareTo(CLOCKS) <= 0) return;
        found.problem(
                "has a clock that is " + Quantity.time(ahead.abs()) + (ahead.isNegative() ? " behind" : " before")
                        + " the one here",
                "clocks that agree to " + Quantity.time(CLOCKS),
                "set the clock that is wrong");
    }

    /** Limits that would cut off what is read, some of them without a word. */
    private void selects(Found found) {
        if (!text("sql_select_limit").isEmpty() && number("sql_select_limit", Long.MAX_VALUE) < Integer.MAX_VALUE) {
            found.problem(
                    "cuts every result off after " + text("sql_select_limit") + " rows (sql_select_limit)",
                    "no limit",
                    "SET GLOBAL sql_select_limit = DEFAULT");
        }
        if (off("sql_big_selects") && number("max_join_size", Long.MAX_VALUE) < Long.MAX_VALUE) {
            found.problem(
                    "refuses to read many rows (sql_big_selects is OFF)", "ON", "SET GLOBAL sql_big_selects = ON");
        }
        for (String limit : new String[] {"max_statement_time", "max_execution_time"}) {
            if (text(limit).isEmpty() || Double.parseDouble(text(limit)) <= 0) continue;
            found.problem(
                    "ends statements that take long (" + limit + " is " + text(limit) + ")",
                    "0: a table may take a while",
                    "SET GLOBAL " + limit + " = 0");
        }
        if (text("completion_type").equals("RELEASE")) {
            found.problem(
                    "ends a connection with its transaction (completion_type)",
                    "NO_CHAIN",
                    "SET GLOBAL completion_type = 'NO_CHAIN'");
        }
    }

    private void writable(Found found) {
        for (String word : new String[] {"read_only", "super_read_only", "innodb_read_only"}) {
            if (!text(word).isEmpty() && !off(word)) {
                found.problem("may not be written (" + word + ")", "a server that may", "is this the primary?");
            }
        }
        for (String word : new String[] {"transaction_read_only", "tx_read_only"}) {
            if (on(word)) {
                found.problem(
                        "begins transactions that only read (" + word + ")", "OFF", "SET GLOBAL " + word + " = OFF");
            }
        }
        if (number("innodb_force_recovery", 0) > 0) {
            found.problem(
                    "is being rescued (innodb_force_recovery is " + text("innodb_force_recovery") + ")",
                    "0",
                    "end the rescue first");
        }
        boolean disabled = text("disabled_storage_engines")
                .toLowerCase(java.util.Locale.ROOT)
                .contains("innodb");
        if (!facts.engines().contains("InnoDB") || disabled) {
            found.problem("makes no InnoDB tables", "the engine InnoDB", "enable it");
        }
        if (facts.collations().stream().noneMatch(name -> name.startsWith("utf8mb4"))) {
            found.problem("has no charset utf8mb4", "utf8mb4", "upgrade it");
        }
    }

    private void loading(Needs needs, Found found) {
        long packet = number("max_allowed_packet", Long.MAX_VALUE);
        if (packet < needs.packet() && packet < ENOUGH_FOR_MOST) {
            found.problem(
                    "takes values of " + Quantity.bytes(packet) + " at most (max_allowed_packet), the source has up to "
                            + Quantity.bytes(needs.packet()),
                    "at least " + Quantity.bytes(ENOUGH_FOR_MOST),
                    "SET GLOBAL max_allowed_packet = " + ENOUGH_FOR_MOST);
        } else if (packet < needs.packet()) {
            found.remark("takes values of " + Quantity.bytes(packet) + " at most, the source may have some up to "
                    + Quantity.bytes(needs.packet()));
        }
        if (variables.containsKey("max_error_count") && number("max_error_count", 1) == 0) {
            found.problem(
                    "keeps no warnings (max_error_count)",
                    "warnings, by which dropped rows are seen",
                    "SET GLOBAL max_error_count = DEFAULT");
        }
        if (!facts.localInfile()) {
            found.remark("forbids LOAD DATA LOCAL; rows go in by INSERT, which is slower");
        }
    }

    private void definitions(Needs needs, Found found) {
        if (needs.keyless() && on("sql_require_primary_key")) {
            found.problem(
                    "takes no table without a primary key (sql_require_primary_key), and some have none",
                    "OFF, or tables with keys",
                    "SET GLOBAL sql_require_primary_key = OFF, or exclude those tables");
        }
        if (needs.keyless() && text("pxc_strict_mode").matches("ENFORCING|MASTER")) {
            found.problem(
                    "takes no rows without a primary key (pxc_strict_mode)", "PERMISSIVE", "exclude those tables");
        }
        if (needs.triggers() && on("log_bin") && off("log_bin_trust_function_creators") && !superuser) {
            found.problem(
                    "lets this account make no triggers while it writes a binary log",
                    "log_bin_trust_function_creators = ON",
                    "SET GLOBAL log_bin_trust_function_creators = ON");
        }
        if (needs.capitals() && number("lower_case_table_names", 0) == 1) {
            found.problem(
                    "turns the names of tables into small letters (lower_case_table_names), and some have capitals",
                    "lower_case_table_names = 0",
                    "exclude those tables, or use another server");
        }
        long page = number("innodb_page_size", Long.MAX_VALUE);
        if (page < needs.page()) {
            found.problem(
                    "has pages of " + Quantity.bytes(page) + ", the source has " + Quantity.bytes(needs.page())
                            + ": keys and rows may be too long",
                    "pages at least as large (innodb_page_size)",
                    "use another server");
        }
    }

    private void room(Needs needs, Found found) {
        if (needs.bytes() == 0 || freeBytes < 0 || freeBytes >= needs.bytes()) return;
        found.problem(
                "has " + Quantity.bytes(freeBytes) + " left on its disk",
                "room for the new tables beside the old ones, about " + Quantity.bytes(needs.bytes()),
                "make room, or move fewer sites at a time");
    }

    private String text(String name) {
        return variables.getOrDefault(name, "");
    }

    private boolean on(String name) {
        return text(name).equals("ON") || text(name).equals("1");
    }

    private boolean off(String name) {
        return text(name).equals("OFF") || text(name).equals("0");
    }

    /** Values above what a long holds are as good as none. */
    private long number(String name, long otherwise) {
        String value = text(name);
        if (!value.matches("\\d+")) return otherwise;
        return value.length() > 18 ? Long.MAX_VALUE : Long.parseLong(value);
    }
}
