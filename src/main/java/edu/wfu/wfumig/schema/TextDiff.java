package edu.wfu.wfumig.schema;

import java.util.ArrayList;
import java.util.List;

/** The lines in which two texts differ, by their longest common sequence of lines. */
final class TextDiff {
    private static final int MOST_LINES = 4000;

    private TextDiff() {}

    /** Lines that went, marked {@code -}, and that came, marked {@code +}, each with its number in its text. */
    static List<String> of(String before, String after) {
        var old = before.lines().limit(MOST_LINES).toList();
        var now = after.lines().limit(MOST_LINES).toList();
        int[][] common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(now.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        var lines = new ArrayList<String>();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                i++;
                j++;
            } else if (i < old.size() && (j == now.size() || common[i + 1][j] >= common[i][j + 1])) {
                lines.add("- " + (i + 1) + ": " + old.get(i++));
            } else {
                lines.add("+ " + (j + 1) + ": " + now.get(j++));
            }
        }
        return lines;
    }
}
