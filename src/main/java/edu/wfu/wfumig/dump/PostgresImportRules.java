package edu.wfu.wfumig.dump;

import edu.wfu.wfumig.dump.StatementReader.Tongue;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is done with a statement of a file of {@code pg_dump}. It runs in a database of wfumig's own, from which no other can be
 * reached: so what concerns the whole server is kept out. Expressions and functions of the file are not looked into: the account's
 * rights are their bounds, and one without bounds imports nothing.
 *
 * <ol>
 *   <li>What makes and fills tables, and what these are made of, is run; functions too, in SQL and PL/pgSQL.
 *   <li>Owners, grants, publications, databases and psql's own settings are left out.
 *   <li>Extensions that reach out of the database, or bring languages that do, are refused.
 *   <li>Any other kind is refused; so is a file in another charset than UTF-8, and one that reads quotes otherwise.
 * </ol>
 */
public final class PostgresImportRules implements ImportRules {
    /** Kinds are told by their first words. */
    private static final int HEAD = 4000;

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|--[^\\n]*", Pattern.DOTALL);

    private static final Pattern RUN = Pattern.compile("(?i)(?:COPY [^;]* FROM STDIN"
            + "|INSERT INTO [^(]+(?:\\([^)]*\\) ?)?(?:OVERRIDING (?:SYSTEM|USER) VALUE )?VALUES ?\\(.*"
            + "|CREATE (?:OR REPLACE )?(?:UNLOGGED )?(?:TABLE|SEQUENCE|TYPE|DOMAIN|VIEW|MATERIALIZED VIEW|INDEX|UNIQUE INDEX"
            + "|SCHEMA|TRIGGER|CONSTRAINT TRIGGER|COLLATION|STATISTICS|RULE|POLICY|EXTENSION|AGGREGATE|OPERATOR|CAST) .*"
            + "|ALTER (?:TABLE|SEQUENCE|INDEX|TYPE|DOMAIN|VIEW|MATERIALIZED VIEW|STATISTICS) .*"
            + "|COMMENT ON .*|REFRESH MATERIALIZED VIEW .*"
            + "|DROP (?:TABLE|SEQUENCE|TYPE|DOMAIN|VIEW|MATERIALIZED VIEW|INDEX|TRIGGER|FUNCTION|EXTENSION|SCHEMA) IF EXISTS .*"
            + "|SELECT PG_CATALOG\\.SETVAL\\s?\\(\\s?'[^']*'(?:::[\\w.]+)?, -?\\d+(?:, (?:true|false))?\\s?\\)"
            + "|SELECT PG_CATALOG\\.SET_CONFIG\\s?\\('search_path', '[^']*', false\\))");

    private static final Pattern FUNCTION = Pattern.compile("(?i)CREATE (?:OR REPLACE )?(?:FUNCTION|PROCEDURE) .*");
    private static final Pattern LANGUAGE = Pattern.compile("(?i)\\bLANGUAGE\\s+\"?'?(\\w+)");

    private static final Pattern EXTENSION = Pattern.compile("(?i)CREATE EXTENSION .*");

    /** A name that says what it is, and none of these. */
    private static final Pattern HARMLESS = Pattern.compile("(?i)CREATE EXTENSION (?:IF NOT EXISTS )?+"
            + "(?![\\w\"-]*(?:dblink|fdw|plpython|plperl|pltcl|plsh|plr\\b|plv8|adminpack|lo\\b|http|pg_net|pg_cron))"
            + "(?:[\\w-]+|\"[\\w-]+\")(?: .*)?");

    private static final Pattern LEFT_OUT = Pattern.compile(
            "(?i)(?:GRANT|REVOKE|BEGIN|START TRANSACTION|COMMIT|END|ALTER DEFAULT PRIVILEGES|SECURITY LABEL"
                    + "|(?:CREATE|ALTER|DROP) (?:PUBLICATION|SUBSCRIPTION|DATABASE|EVENT TRIGGER)|CREATE SCHEMA PUBLIC"
                    + "|DROP SCHEMA IF EXISTS PUBLIC|COMMENT ON (?:EXTENSION|SCHEMA|DATABASE)"
                    + "|\\\\(?:restrict|unrestrict|connect))(?:\\W.*|$)");

    private static final Pattern OWNER = Pattern.compile("(?i)ALTER .* OWNER TO \\S+");
    private static final Pattern SET = Pattern.compile("(?i)SET (?:SESSION )?(\\w+) ?(?:=|TO) ?(.*)");

    private static final Set<String> SETTINGS = Set.of(
            "statement_timeout",
            "lock_timeout",
            "idle_in_transaction_session_timeout",
            "transaction_timeout",
            "check_function_bodies",
            "xmloption",
            "client_min_messages",
            "row_security",
            "search_path",
            "default_table_access_method",
            "escape_string_warning",
            "bytea_output",
            "extra_float_digits");

    /** Nothing here depends on them. */
    private static final Set<String> IDLE = Set.of("default_tablespace", "default_with_oids", "synchronize_seqscans");

    @Override
    public Tongue tongue() {
        return Tongue.POSTGRES;
    }

    @Override
    public Verdict of(byte[] sql) throws Forbidden {
        String begin = new String(sql, 0, Math.min(sql.length, HEAD), StandardCharsets.ISO_8859_1);
        String head =
                COMMENT.matcher(begin).replaceAll(" ").replaceAll("\\s+", " ").strip();
        if (head.isEmpty()
                || LEFT_OUT.matcher(head).matches()
                || OWNER.matcher(head).matches()) return Verdict.LEAVE_OUT;
        var set = SET.matcher(head);
        if (set.matches()) return set(set.group(1).toLowerCase(Locale.ROOT), set.group(2));
        if (FUNCTION.matcher(head).matches()) {
            var language = LANGUAGE.matcher(new String(sql, StandardCharsets.ISO_8859_1));
            while (language.find()) {
                if (!language.group(1).matches("(?i)sql|plpgsql"))
                    throw new Forbidden("a function of another language");
            }
            return Verdict.RUN;
        }
        if (EXTENSION.matcher(head).matches() && !HARMLESS.matcher(head).matches()) {
            throw new Forbidden("an extension that reaches out of the database");
        }
        if (RUN.matcher(head).matches()) return Verdict.RUN;
        throw new Forbidden("a statement that dumps do not have");
    }

    private static Verdict set(String name, String value) throws Forbidden {
        String plain = value.replace("'", "").strip();
        if (name.equals("client_encoding")) {
            if (plain.equalsIgnoreCase("UTF8")) return Verdict.LEAVE_OUT;
            throw new Forbidden("a file in " + plain + ", not in UTF-8 (pg_dump --encoding UTF8)");
        }
        if (name.equals("standard_conforming_strings")) {
            if (plain.equalsIgnoreCase("on")) return Verdict.LEAVE_OUT;
            throw new Forbidden("a mode in which quotes are read otherwise");
        }
        if (IDLE.contains(name)) return Verdict.LEAVE_OUT;
        if (SETTINGS.contains(name)) return Verdict.RUN;
        throw new Forbidden("a SET of another setting");
    }
}
