package edu.wfu.wfumig.database.postgres;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.sql.SQLException;
import java.util.Set;
import org.postgresql.util.PSQLException;

/** A statement that the server refused, told with what it was for. */
final class PostgresFailure {
    static final String INSUFFICIENT_PRIVILEGE = "42501";
    static final String UNDEFINED_TABLE = "42P01";
    static final String INVALID_SCHEMA_NAME = "3F000";
    static final String LOCK_NOT_AVAILABLE = "55P03";

    /**
     * Errors of the server that pass by themselves: too many connections (53300), a lock that is not to be had (55P03), an
     * object in use (55006), a statement cancelled (57014), shutdown (57P01), crash of another connection (57P02), the
     * server is not ready (57P03), time-outs of idle sessions (57P05, 25P03) and of transactions (25P04).
     * Source: PostgreSQL manual, appendix "PostgreSQL Error Codes".
     */
    private static final Set<String> PASSING =
            Set.of("53300", LOCK_NOT_AVAILABLE, "55006", "57014", "57P01", "57P02", "57P03", "57P05", "25P03", "25P04");

    /** SQLSTATE classes of the standard that pass by themselves: connection exceptions and transaction rollbacks. */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "40");

    private PostgresFailure() {}

    static String state(SQLException e) {
        String state = e.getSQLState();
        return state == null ? "" : state;
    }

    static Refusal.Kind kind(SQLException e) {
        String state = state(e);
        boolean passing =
                PASSING.contains(state) || state.length() == 5 && PASSING_CLASSES.contains(state.substring(0, 2));
        return passing ? Refusal.Kind.PASSING : Refusal.Kind.FAILED;
    }

    static Refusal of(String doing, SQLException e) {
        String next = switch (state(e)) {
            case "53100", "58030" -> "make room on the server's disk, then type: wfumig resume";
            case "53200" -> "give the server more memory, or lower parallel in the plan, then type: wfumig resume";
            case INSUFFICIENT_PRIVILEGE -> "grant what the message names, then type: wfumig resume";
            default -> "see the server's message, then type: wfumig resume";
        };
        return new Refusal(
                kind(e),
                Problem.of(
                        "while " + doing + " the server said: " + said(e) + " (SQLSTATE " + state(e) + ")",
                        "",
                        "",
                        next),
                e);
    }

    /** The server's message and its place, without DETAIL: that may hold a whole row. */
    static String said(SQLException e) {
        var server = e instanceof PSQLException told ? told.getServerErrorMessage() : null;
        if (server == null) return String.valueOf(e.getMessage());
        String where = server.getWhere();
        return server.getMessage()
                + (where == null ? "" : " at " + where.lines().findFirst().orElse(""));
    }
}
