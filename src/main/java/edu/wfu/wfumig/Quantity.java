package edu.wfu.wfumig;

import java.time.Duration;
import java.util.Locale;

/** Sizes and durations as people read them. */
public final class Quantity {
    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB"};

    private Quantity() {}

    /** {@code bytes} with a binary unit, as in {@code 1.4 MB}. */
    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** {@code count} with thin groups, as in {@code 12,345}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code count} of a noun in the right number, as in {@code 1 site} or {@code 12 sites}. */
    public static String of(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** A duration with its two largest units, as in {@code 3 min 20 s}. */
    public static String time(Duration time) {
        long seconds = time.toSeconds();
        if (seconds >= 3600) return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
        if (seconds >= 60) return seconds / 60 + " min " + seconds % 60 + " s";
        return seconds >= 10 ? seconds + " s" : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
