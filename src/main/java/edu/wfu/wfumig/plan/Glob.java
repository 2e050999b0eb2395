package edu.wfu.wfumig.plan;

import edu.wfu.wfumig.Location;

/** A pattern over names in which {@code *} stands for any characters and {@code ?} for one; all else is literal. */
public record Glob(String pattern, Location location) {
    public boolean matches(String name) {
        return matches(pattern, 0, name, 0);
    }

    private static boolean matches(String p, int i, String s, int j) {
        int starAt = -1;
        int resume = 0;
        while (j < s.length()) {
            if (i < p.length() && (p.charAt(i) == '?' || p.charAt(i) == s.charAt(j)) && p.charAt(i) != '*') {
                i++;
                j++;
            } else if (i < p.length() && p.charAt(i) == '*') {
                starAt = i++;
                resume = j;
            } else if (starAt >= 0) {
                i = starAt + 1;
                j = ++resume;
            } else {
                return false;
            }
        }
        while (i < p.length() && p.charAt(i) == '*') i++;
        return i == p.length();
    }

    @Override
    public String toString() {
        return pattern;
    }
}
