package edu.wfu.wfumig.steps;

import edu.wfu.wfumig.database.Catalogue;
import edu.wfu.wfumig.database.Dialect;
import edu.wfu.wfumig.database.SchemaEditor;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.graph.Scope;
import edu.wfu.wfumig.inventory.Site;
import java.util.List;
import java.util.regex.Pattern;

/** The row in {@code wp_blogs} of a site that the target has never had. */
record SiteRow(Graph graph, Dialect dialect) {
    private String table() {
        return dialect.name(graph.target().schema(), graph.target().prefix() + "blogs");
    }

    /** Whether a site stands in the list. */
    boolean there(Catalogue catalogue, Site site) {
        return !catalogue
                .rows("SELECT 1 FROM " + table() + " WHERE blog_id = " + site.id())
                .isEmpty();
    }

    void insert(SchemaEditor editor, Scope scope) {
        var site = scope.site();
        var address = scope.address();
        if (site == null || address == null) return;
        editor.update(
                "REPLACE INTO " + table()
                        + " (blog_id, site_id, domain, path, registered, last_updated, public, archived,"
                        + " mature, spam, deleted, lang_id) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                List.of(
                        Long.toString(site.id()),
                        Long.toString(site.networkId()),
                        address.host(),
                        address.path(),
                        site.registered(),
                        site.lastUpdated(),
                        flag(site.isPublic()),
                        flag(site.archived()),
                        flag(site.mature()),
                        flag(site.spam()),
                        flag(site.deleted()),
                        Integer.toString(site.langId())));
    }

    /** The number that the list would give to a site made now; 0 when it does not say. */
    long next(Catalogue catalogue) {
        String schema = graph.target().schema();
        String blogs = graph.target().prefix() + "blogs";
        if (catalogue.present(schema, List.of(blogs)).isEmpty()) return 0;
        String create = catalogue.define(schema, List.of(blogs)).get(0).create();
        var found = Pattern.compile(" AUTO_INCREMENT=(\\d+)").matcher(create);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    /** Takes the row away, and the number that it used up. */
    void delete(SchemaEditor editor, Scope scope, long next) {
        if (scope.site() == null) return;
        editor.update(
                "DELETE FROM " + table() + " WHERE blog_id = ?",
                List.of(Long.toString(scope.site().id())));
        if (next > 0) editor.update("ALTER TABLE " + table() + " AUTO_INCREMENT = " + next, List.of());
    }

    private static String flag(boolean set) {
        return set ? "1" : "0";
    }
}
