package edu.wfu.wfumig.database.mysql;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import java.sql.SQLException;

/** A statement that the server refused, told with what it was for. */
final class MysqlFailure {
    private MysqlFailure() {}

    static Refusal of(String doing, SQLException e) {
        String next = switch (e.getErrorCode()) {
            case 1021, 1030, 1114, 3 -> "make room on the server's disk, then type: wfumig resume";
            case 1142, 1044, 1227, 1370 -> "grant what the message names, then type: wfumig resume";
            case 1153 -> "raise max_allowed_packet on the server, then type: wfumig resume";
            default -> "see the server's message, then type: wfumig resume";
        };
        return new Refusal(
                Refusal.Kind.FAILED,
                Problem.of(
                        "while " + doing + " the server said: " + e.getMessage() + " (error " + e.getErrorCode() + ")",
                        "",
                        "",
                        next),
                e);
    }
}
