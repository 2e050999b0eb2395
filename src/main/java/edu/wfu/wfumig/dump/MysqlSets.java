package edu.wfu.wfumig.dump;

import edu.wfu.wfumig.dump.ImportRules.Forbidden;
import edu.wfu.wfumig.dump.ImportRules.Verdict;
import edu.wfu.wfumig.dump.MysqlWords.Kind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the {@code SET} statements of a foreign file may set. Modes and charsets decide what a quote is, and so what is a statement:
 * they get no value that is not seen here.
 *
 * <ol>
 *   <li>Set are the session's variables that dumps set, and variables of the file's own; the right side is a literal, a variable, or
 *       {@code IFNULL} of such, as HeidiSQL writes it.
 *   <li>A mode or a charset is set by its name, or back to what the file saved of it: from a variable that was set from it last, and
 *       that no code of the file may have changed since.
 *   <li>Left out is what concerns the server's log, its positions of replication, and transactions.
 * </ol>
 *
 * {@code NO_AUTO_CREATE_USER} is a mode that newer servers do not know and that means nothing to tables: it is taken out.
 */
final class MysqlSets {
    /** They decide how what follows is read. */
    private static final Set<String> GUARDED = Set.of(
            "sql_mode",
            "character_set_client",
            "character_set_connection",
            "character_set_results",
            "collation_connection");

    private static final Set<String> OTHERS = Set.of(
            "time_zone",
            "unique_checks",
            "foreign_key_checks",
            "check_constraint_checks",
            "sql_notes",
            "note_verbosity",
            "sql_quote_show_create",
            "sql_auto_is_null",
            "sql_big_selects",
            "sql_safe_updates",
            "sql_require_primary_key",
            "sql_generate_invisible_primary_key",
            "innodb_strict_mode",
            "explicit_defaults_for_timestamp",
            "net_read_timeout",
            "net_write_timeout",
            "wait_timeout");

    private static final Set<String> LEFT_OUT = Set.of("autocommit", "sql_log_bin", "gtid_purged");

    /** Parts of SQL modes that change what a quote, a backslash or a bar is. */
    private static final List<String> READS_OTHERWISE =
            List.of("ansi", "no_backslash", "oracle", "mssql", "db2", "maxdb", "postgresql");

    /** Charsets of which a quote or a backslash may be half a character. */
    private static final Set<String> UNSAFE =
            Set.of("big5", "cp932", "gb18030", "gbk", "sjis", "ucs2", "utf16", "utf16le", "utf32");

    private static final Pattern OWN = Pattern.compile("@[a-z0-9_$]+");
    private static final Pattern NAMES = Pattern.compile("[a-z0-9_, ]*");

    private static final String MORE = "a SET of more than the session's variables that dumps set";
    private static final String UNSEEN = "a mode or a charset that is not given by its name";

    /** What variables of the file's own keep of the guarded ones. */
    private final Map<String, String> saved = new HashMap<>();

    /** Variables of the file's own that its code names. */
    private final Set<String> touched = new HashSet<>();

    /** Notes a word of a trigger, or of values: such code may set a variable whenever it runs. */
    void touch(String word) throws Forbidden {
        if (!word.startsWith("@") || word.startsWith("@@")) return;
        if (!OWN.matcher(word).matches())
            throw new Forbidden("a variable with a name of other than letters and digits");
        touched.add(word);
    }

    /** @param words stand at the SET */
    Verdict of(MysqlWords words) throws Forbidden {
        // The server may look at the right sides before it sets the first, or one by one.
        var before = Map.copyOf(saved);
        do {
            words.next();
            if (!one(words, before)) {
                saved.clear();
                saved.putAll(before);
                return Verdict.LEAVE_OUT;
            }
        } while (words.is(','));
        if (words.kind() != Kind.END) throw new Forbidden(MORE);
        return Verdict.RUN;
    }

    /** False when the statement is to be left out. */
    private boolean one(MysqlWords words, Map<String, String> before) throws Forbidden {
        String word = plain(words);
        if (Set.of("names", "charset", "character").contains(word)) {
            if (word.equals("character") && !next(words).equals("set")) throw new Forbidden(MORE);
            literal(words, "character_set_client");
            if (plain(words).equals("collate")) literal(words, "collation_connection");
            return true;
        }
        boolean server = Set.of("global", "@@global").contains(word);
        if (server || Set.of("session", "local", "@@session", "@@local").contains(word)) {
            boolean dotted = word.startsWith("@@");
            word = next(words);
            if (dotted && words.is('.')) word = next(words);
        } else if (word.startsWith("@@")) {
            word = word.substring(2);
        }
        if (LEFT_OUT.contains(word) || word.contains("rocksdb")) return false;
        if (server || word.startsWith("persist")) throw new Forbidden("a SET of the server's variables");
        boolean own = OWN.matcher(word).matches();
        if (!own && !GUARDED.contains(word) && !OTHERS.contains(word)) throw new Forbidden(MORE);
        words.next();
        if (words.is(':')) words.next();
        if (!words.is('=')) throw new Forbidden(MORE);
        value(words, word, before);
        return true;
    }

    /** Judges what stands behind this word, and goes to the word behind that. */
    private void value(MysqlWords words, String variable, Map<String, String> before) throws Forbidden {
        String word = next(words);
        String kept = "";
        if (word.equals("ifnull")) {
            words.next();
            if (!words.is('(')) throw new Forbidden(MORE);
            value(words, variable, before);
            if (!words.is(',')) throw new Forbidden(MORE);
            value(words, variable, before);
            if (!words.is(')')) throw new Forbidden(MORE);
            words.next();
        } else if (word.startsWith("@@")) {
            kept = word.substring(2);
            if (Set.of("session", "local").contains(kept)) {
                words.next();
                kept = words.is('.') ? next(words) : "";
            }
            if (kept.isEmpty() || kept.equals("global")) throw new Forbidden(MORE);
            if (GUARDED.contains(variable) && !kept.equals(variable)) throw new Forbidden(UNSEEN);
            words.next();
        } else if (word.startsWith("@")) {
            if (!OWN.matcher(word).matches()) throw new Forbidden(MORE);
            boolean same = variable.equals(before.get(word)) && variable.equals(saved.get(word));
            if (GUARDED.contains(variable) && (!same || touched.contains(word))) throw new Forbidden(UNSEEN);
            words.next();
        } else {
            judge(words, variable);
            words.next();
        }
        if (GUARDED.contains(kept)) saved.put(variable, kept);
        else saved.remove(variable);
    }

    private static void literal(MysqlWords words, String variable) throws Forbidden {
        words.next();
        judge(words, variable);
        words.next();
    }

    private static void judge(MysqlWords words, String variable) throws Forbidden {
        boolean guarded = GUARDED.contains(variable);
        if (words.is('-') && !guarded) words.next();
        if (words.kind() == Kind.NUMBER && !guarded) return;
        if (words.kind() == Kind.NUMBER) throw new Forbidden(UNSEEN);
        if (words.kind() != Kind.PLAIN && words.kind() != Kind.TEXT) throw new Forbidden(MORE);
        if (variable.equals("sql_mode") && words.kind() == Kind.TEXT) {
            words.shorten(Arrays.stream(words.text().split(","))
                    .filter(mode -> !mode.strip().equalsIgnoreCase("NO_AUTO_CREATE_USER"))
                    .collect(Collectors.joining(",")));
        }
        String word = words.text().toLowerCase(Locale.ROOT);
        if (READS_OTHERWISE.stream().anyMatch(word::contains)) {
            throw new Forbidden("a mode in which quotes are read otherwise");
        }
        if (UNSAFE.contains(word.replaceFirst("_.*", ""))) {
            throw new Forbidden("a charset of which a quote may be half a character");
        }
        // The server's own default may be any; and a backslash may hide what a text says.
        if (guarded && (word.equals("default") || !NAMES.matcher(word).matches())) throw new Forbidden(UNSEEN);
    }

    private static String next(MysqlWords words) {
        words.next();
        return plain(words);
    }

    private static String plain(MysqlWords words) {
        return words.kind() == Kind.PLAIN ? words.text().toLowerCase(Locale.ROOT) : "";
    }
}
