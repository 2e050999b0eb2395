package edu.wfu.wfumig.database;

import edu.wfu.wfumig.Problem;
import java.util.List;

/**
 * What an examination found.
 *
 * @param problems what keeps a run from working
 * @param remarks what somebody should know
 */
public record Findings(List<Problem> problems, List<String> remarks) {}
