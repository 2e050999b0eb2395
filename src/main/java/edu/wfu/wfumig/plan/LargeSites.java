package edu.wfu.wfumig.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sites that get special care.
 *
 * @param listed sites named as large
 * @param largerThan sites of at least so many bytes are large too
 * @param deferToEnd large sites run after all others
 * @param atOnce how many large sites run side by side
 */
public record LargeSites(
        List<Sites.SiteRange> listed, @Nullable Long largerThan, boolean deferToEnd, int atOnce) {

    public boolean holds(long site, long bytes) {
        return listed.stream().anyMatch(range -> range.contains(site)) || largerThan != null && bytes >= largerThan;
    }
}
