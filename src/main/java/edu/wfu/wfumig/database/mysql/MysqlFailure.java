package edu.wfu.wfumig.database.mysql;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.sql.SQLException;
import java.util.Set;

/** A statement that the server refused, told with what it was for. */
final class MysqlFailure {
    private MysqlFailure() {}

    /**
     * Errors of the server that pass by themselves: too many connections (1040, 1203), shutdown (1053), a packet cut off
     * (1158 to 1161), lock wait timeout (1205), deadlock (1213), interrupted (1317), connection killed (1927), the server is
     * not ready (3168).
     * Source: MySQL and MariaDB manuals, "Server Error Codes".
     */
    private static final Set<Integer> PASSING =
            Set.of(1040, 1203, 1053, 1158, 1159, 1160, 1161, 1205, 1213, 1317, 1927, 3168);

    /** SQLSTATE classes of the standard that pass by themselves: connection exceptions and transaction rollbacks. */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "40");

    static Refusal.Kind kind(SQLException e) {
        String state = e.getSQLState();
        boolean passing = PASSING.contains(e.getErrorCode())
                || state != null && state.length() == 5 && PASSING_CLASSES.contains(state.substring(0, 2));
        return passing ? Refusal.Kind.PASSING : Refusal.Kind.FAILED;
    }

    static Refusal of(String doing, SQLException e) {
        String next = switch (e.getErrorCode()) {
            case 1021, 1030, 1114, 3 -> "make room on the server's disk, then type: wfumig resume";
            case 1142, 1044, 1227, 1370 -> "grant what the message names, then type: wfumig resume";
            case 1153 -> "raise max_allowed_packet on the server, then type: wfumig resume";
            default -> "see the server's message, then type: wfumig resume";
        };
        return new Refusal(
                kind(e),
                Problem.of(
                        "while " + doing + " the server said: " + e.getMessage() + " (error " + e.getErrorCode() + ")",
                        "",
                        "",
                        next),
                e);
    }
}
