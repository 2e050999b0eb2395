package edu.wfu.wfumig.plan;

import edu.wfu.wfumig.Location;
import java.util.List;

/**
 * Versioned SQL that a run applies to the target.
 *
 * @param folders of migrations, relative to the plan file
 * @param before whether they are applied before anything moves
 * @param after whether they are applied to what came
 * @param once whether they belong to the database as a whole, rather than to each site that moves
 */
public record Migrations(List<String> folders, boolean before, boolean after, boolean once, Location location) {}
