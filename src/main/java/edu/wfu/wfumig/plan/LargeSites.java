package edu.wfu.wfumig.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sites that get special care.
 *
 * @param listed sites named as large
 * @param largerThan sites of at least so many bytes are large too
 * @param moreRowsThan sites of more rows are large too
 * @param timeout how many times longer than others they may take
 * @param deferToEnd large sites run after all others
 * @param atOnce how many large sites run side by side
 */
public record LargeSites(
        List<Sites.SiteRange> listed,
        @Nullable Long largerThan,
        @Nullable Long moreRowsThan,
        double timeout,
        boolean deferToEnd,
        int atOnce) {

    public static final LargeSites NONE = new LargeSites(List.of(), null, null, 1, false, 1);

    public boolean holds(long site, long bytes, long rows) {
        return listed.stream().anyMatch(range -> range.contains(site))
                || largerThan != null && bytes >= largerThan
                || moreRowsThan != null && rows > moreRowsThan;
    }
}
