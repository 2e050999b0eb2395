package edu.wfu.wfumig.graph;

import edu.wfu.wfumig.inventory.Table;
import edu.wfu.wfumig.wordpress.Rule;
import java.util.List;

/**
 * What of an inventory a plan chooses.
 *
 * @param rules rewrite rules that follow from what moves, beside the author's own
 * @param candidates every table of a scope that moves, also those that the plan leaves out
 * @param risks what deserves a second look in this choice
 */
record Chosen(List<Scope> scopes, List<Rule> rules, List<Table> candidates, List<String> risks) {}
