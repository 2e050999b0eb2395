package edu.wfu.wfumig.dump;

import edu.wfu.wfumig.dump.MysqlWords.Kind;
import edu.wfu.wfumig.dump.StatementReader.Tongue;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is done with a statement of a file that somebody else made for MySQL or MariaDB. It is to make tables, views, triggers and
 * rows in one schema, and nothing else anywhere.
 *
 * <ol>
 *   <li>What mysqldump, mariadb-dump and phpMyAdmin write to make and fill tables is run.
 *   <li>What they write beside that, for the whole server or for what wfumig does not move, is left out: {@code USE}, {@code
 *       CREATE DATABASE}, locks, transactions, routines and events, positions of replication.
 *   <li>Any other kind is refused; so is one that names a schema of the server, or changes how quotes are read.
 * </ol>
 */
public final class MysqlImportRules implements ImportRules {
    private static final Set<String> LEFT_OUT = Set.of(
            "use", "lock", "unlock", "commit", "begin", "start", "prepare", "execute", "deallocate", "flush", "change");

    /** Of what is made and dropped, what wfumig does not move. */
    private static final Set<String> NOT_MOVED =
            Set.of("database", "schema", "procedure", "function", "event", "package");

    private static final Set<String> MADE = Set.of("table", "view", "trigger", "index");

    private static final Set<String> SYSTEM = Set.of("mysql", "information_schema", "performance_schema", "sys");

    /** What reaches files, the server, or code that is put together when it runs. */
    private static final Set<String> NOWHERE = Set.of(
            "outfile",
            "dumpfile",
            "load_file",
            "global",
            "@@global",
            "persist",
            "persist_only",
            "@@persist",
            "@@persist_only",
            "prepare",
            "execute");

    /** Engines whose tables are files or tables of elsewhere. */
    private static final Set<String> ELSEWHERE =
            Set.of("federated", "federatedx", "connect", "spider", "s3", "sphinx", "sphinxse", "mroonga", "cassandra");

    private static final Pattern ENGINE = Pattern.compile("[a-z0-9_]+");

    /** Words between CREATE or DROP and what is made or dropped. */
    private static final Set<String> BEFORE = Set.of(
            "or",
            "replace",
            "temporary",
            "algorithm",
            "undefined",
            "merge",
            "temptable",
            "sql",
            "security",
            "definer",
            "invoker",
            "unique",
            "fulltext",
            "spatial",
            "aggregate");

    private final MysqlSets sets = new MysqlSets();
    private final Set<String> schemas = new HashSet<>(SYSTEM);
    private final boolean mariadb;
    private final int version;

    /**
     * @param others the schemas of the server but the one that is filled
     * @param number of the server's version, as in {@code 11.4.5}
     */
    public MysqlImportRules(Collection<String> others, boolean mariadb, String number) {
        this.mariadb = mariadb;
        var parts = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?").matcher(number);
        version = !parts.find()
                ? 0
                : 10_000 * Integer.parseInt(parts.group(1))
                        + 100 * Integer.parseInt(parts.group(2))
                        + (parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3)));
        others.forEach(schema -> schemas.add(lower(inBytes(schema))));
    }

    @Override
    public Tongue tongue() {
        return Tongue.MYSQL;
    }

    /** @param sql loses its conditional comments, and definers: what is left is what was judged */
    @Override
    public Verdict of(byte[] sql) throws Forbidden {
        var words = new MysqlWords(sql, mariadb, version);
        if (words.next() == Kind.END) return Verdict.LEAVE_OUT;
        String verb = plain(words);
        if (LEFT_OUT.contains(verb)) return Verdict.LEAVE_OUT;
        switch (verb) {
            case "set":
                return sets.of(words);
            case "insert", "replace":
                values(words);
                return Verdict.RUN;
            case "create", "drop":
                return made(verb, words);
            case "alter":
                return altered(words);
            case "select":
                // Percona's mysqldump asks whether the server has RocksDB.
                if (contains(sql, "rocksdb")) return Verdict.LEAVE_OUT;
                throw new Forbidden("a SELECT");
            default:
                throw new Forbidden("a statement that dumps do not have");
        }
    }

    private Verdict made(String verb, MysqlWords words) throws Forbidden {
        String what = "";
        String last = "";
        words.next();
        while (what.isEmpty() && words.kind() != Kind.END) {
            String word = plain(words);
            if (NOT_MOVED.contains(word)) return Verdict.LEAVE_OUT;
            if (word.equals("definer") && !last.equals("security")) {
                cutDefiner(words);
                continue;
            }
            if (MADE.contains(word)) what = word;
            else if (!BEFORE.contains(word) && !words.is('=')) break;
            else words.next();
            last = word;
        }
        if (what.isEmpty()) throw new Forbidden("a " + verb.toUpperCase(Locale.ROOT) + " of what is no table");
        boolean table = what.equals("table") || verb.equals("drop");
        check(words, table, table ? Set.of("select") : Set.of());
        return Verdict.RUN;
    }

    /**
     * Whoever defined a view or a trigger there may be nobody here: the one who imports it defines it. The clause is made blanks
     * word by word, and what is behind it is judged as if it had never been there.
     */
    private static void cutDefiner(MysqlWords words) throws Forbidden {
        int begin = words.from();
        words.next();
        if (!words.is('=')) throw new Forbidden("a definer without a name");
        words.next();
        boolean self = plain(words).equals("current_user");
        int end = account(words);
        words.next();
        if (self && words.is('(')) {
            words.next();
            if (!words.is(')')) throw new Forbidden("a definer without a name");
            end = words.to();
            words.next();
        } else if (plain(words).startsWith("@")) {
            if (plain(words).equals("@")) words.next();
            end = account(words);
            words.next();
        }
        words.blank(begin, end);
    }

    private static int account(MysqlWords words) throws Forbidden {
        boolean name = words.kind() == Kind.PLAIN || words.kind() == Kind.NAME || words.kind() == Kind.TEXT;
        if (!name) throw new Forbidden("a definer without a name");
        return words.to();
    }

    private Verdict altered(MysqlWords words) throws Forbidden {
        words.next();
        String what = plain(words);
        if (NOT_MOVED.contains(what)) return Verdict.LEAVE_OUT;
        while (Set.of("online", "ignore").contains(what) && words.next() != Kind.END) what = plain(words);
        if (!what.equals("table")) throw new Forbidden("an ALTER of what is no table");
        check(words, true, Set.of("select", "rename", "discard", "import", "exchange", "tablespace"));
        return Verdict.RUN;
    }

    private void values(MysqlWords words) throws Forbidden {
        boolean values = false;
        String before = "";
        for (boolean named = false; words.next() != Kind.END; ) {
            if (words.is('.') && !named) throw new Forbidden("a name of another schema");
            named |= words.is('(') || values;
            if (words.kind() == Kind.PLAIN) {
                String word = lower(words.text());
                values |= word.equals("values") || word.equals("value");
                if (word.equals("select") || values && NOWHERE.contains(word)) {
                    throw new Forbidden("an INSERT of more than values");
                }
                sets.touch(word);
            }
            before = schema(words, before);
        }
        if (!values) throw new Forbidden("an INSERT without values");
    }

    /**
     * @param bare whether no name at the top may have a schema in front of it
     * @param forbidden words that may not stand outside of quotes
     */
    private void check(MysqlWords words, boolean bare, Set<String> forbidden) throws Forbidden {
        int depth = 0;
        String before = "";
        String last = "";
        while (words.next() != Kind.END) {
            if (words.is('(')) depth++;
            if (words.is(')')) depth--;
            if (words.is('.') && bare && depth == 0) throw new Forbidden("a name of another schema");
            if (last.equals("engine")) engine(words);
            if (words.kind() == Kind.PLAIN) {
                String word = lower(words.text());
                if (forbidden.contains(word) || NOWHERE.contains(word)) {
                    throw new Forbidden("the word " + word.toUpperCase(Locale.ROOT) + " here");
                }
                sets.touch(word);
                if (word.equals("directory") && (last.equals("data") || last.equals("index"))) {
                    throw new Forbidden("a table in a folder of its own");
                }
                last = word;
            } else if ((words.is('=') || words.kind() == Kind.TEXT) && last.equals("connection")) {
                throw new Forbidden("a table of another server");
            } else if (!words.is('=')) {
                last = "";
            }
            before = schema(words, before);
        }
    }

    private static void engine(MysqlWords words) throws Forbidden {
        boolean named = words.kind() == Kind.PLAIN || words.kind() == Kind.NAME || words.kind() == Kind.TEXT;
        String engine = named ? lower(words.text()) : "";
        if (!named || ENGINE.matcher(engine).matches() && !ELSEWHERE.contains(engine)) return;
        throw new Forbidden("a table of another server");
    }

    /** Refuses a schema of the server in front of a dot; returns the word, which may be one. */
    private String schema(MysqlWords words, String before) throws Forbidden {
        if (words.is('.') && schemas.contains(before)) throw new Forbidden("a name of another schema");
        if (words.kind() == Kind.NAME
                && words.length() == 11
                && lower(words.text()).equals("load_file")) {
            throw new Forbidden("the word LOAD_FILE here");
        }
        boolean name = words.kind() == Kind.PLAIN || words.kind() == Kind.NAME || words.kind() == Kind.NUMBER;
        // What stands in double quotes may be a name as well; texts of other length are no names.
        if (words.kind() == Kind.TEXT && words.length() <= 2 * 64) name = true;
        return name ? lower(words.text()) : "";
    }

    private static String plain(MysqlWords words) {
        return words.kind() == Kind.PLAIN ? lower(words.text()) : "";
    }

    private static boolean contains(byte[] sql, String word) {
        return lower(new String(sql, 0, Math.min(sql.length, 2000), StandardCharsets.ISO_8859_1))
                .contains(word);
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    private static String inBytes(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
