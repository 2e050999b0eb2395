package edu.wfu.wfumig.dsl;

import java.time.Duration;

/** Sizes and durations as plans write them: {@code 2.GB}, {@code 7.days}. */
public final class Units {
    private Units() {}

    public static long getKB(Integer self) {
        return self * 1024L;
    }

    public static long getMB(Integer self) {
        return self * 1024L * 1024;
    }

    public static long getGB(Integer self) {
        return self * 1024L * 1024 * 1024;
    }

    /** A number of sites. */
    public record Sites(int count) {}

    public static Sites getSites(Integer self) {
        return new Sites(self);
    }

    /** {@code 3.times}: how many times longer. */
    public static double getTimes(Integer self) {
        return self;
    }

    public static Duration getSeconds(Integer self) {
        return Duration.ofSeconds(self);
    }

    public static Duration getMinutes(Integer self) {
        return Duration.ofMinutes(self);
    }

    public static Duration getHours(Integer self) {
        return Duration.ofHours(self);
    }

    public static Duration getDays(Integer self) {
        return Duration.ofDays(self);
    }
}
