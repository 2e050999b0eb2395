package edu.wfu.wfumig.survey;

import edu.wfu.wfumig.database.Catalogue.Part;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.dump.Manifest;
import edu.wfu.wfumig.dump.Manifest.ColumnPart;
import edu.wfu.wfumig.dump.Manifest.Definition;
import edu.wfu.wfumig.dump.Manifest.TablePart;
import edu.wfu.wfumig.inventory.Column;
import edu.wfu.wfumig.inventory.Holding;
import edu.wfu.wfumig.inventory.Inventory;
import edu.wfu.wfumig.inventory.ServerFacts;
import edu.wfu.wfumig.inventory.Table;
import edu.wfu.wfumig.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads an inventory whose source is a dump: what its manifest describes. Sites are the target's own, so that they keep their
 * addresses.
 */
public final class DumpSurvey {
    private DumpSurvey() {}

    public static Inventory of(Plan plan, Manifest manifest, Database target) {
        var there = Survey.of(plan.target(), target, Part.REPLACE, false, plan.sites() != null);
        var source = new Holding(
                server(manifest.server(), there.server()),
                manifest.schema(),
                there.prefix(),
                manifest.tables().stream().map(DumpSurvey::table).toList(),
                manifest.views().stream().map(Definition::name).toList(),
                List.of(),
                List.of(),
                there.sites(),
                Optional.empty(),
                List.of(),
                List.of());
        return new Inventory(source, there);
    }

    /** The server that the dump was made from, as if it stood where the target's stands. */
    private static ServerFacts server(String name, ServerFacts target) {
        int space = name.indexOf(' ');
        return new ServerFacts(
                space < 0 ? name : name.substring(0, space),
                space < 0 ? "" : name.substring(space + 1),
                target.identity(),
                target.collations(),
                target.engines(),
                target.localInfile(),
                target.createsSchemas());
    }

    private static Table table(TablePart table) {
        var columns =
                table.columns().stream().map(column -> column(table, column)).toList();
        return new Table(
                table.name(),
                word(table.create(), "\\) ENGINE=(\\w+)", "InnoDB"),
                word(table.create(), "\\).* COLLATE=(\\w+)", ""),
                table.rows(),
                table.bytes(),
                new Table.Shape(columns, table.key()));
    }

    private static Column column(TablePart table, ColumnPart column) {
        String line = Pattern.quote("`" + column.name().replace("`", "``") + "` ") + ".* COLLATE (\\w+)";
        return new Column(column.name(), column.type(), column.charset(), word(table.create(), line, ""), false);
    }

    private static String word(String create, String pattern, String otherwise) {
        var found = Pattern.compile(pattern).matcher(create);
        return found.find() ? found.group(1) : otherwise;
    }
}
