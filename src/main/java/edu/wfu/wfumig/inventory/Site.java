package edu.wfu.wfumig.inventory;

import edu.wfu.wfumig.Address;

/** A row of {@code wp_blogs}. Dates are text as the database has them; zero dates are dates too. */
public record Site(
        long id,
        long networkId,
        Address address,
        String registered,
        String lastUpdated,
        boolean isPublic,
        boolean archived,
        boolean mature,
        boolean spam,
        boolean deleted,
        int langId) {}
