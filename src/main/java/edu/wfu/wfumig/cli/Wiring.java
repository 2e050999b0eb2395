package edu.wfu.wfumig.cli;

import edu.wfu.wfumig.archive.ArchiveStore;
import edu.wfu.wfumig.archive.disk.DirectoryArchive;
import edu.wfu.wfumig.database.Database;
import edu.wfu.wfumig.database.Databases;
import edu.wfu.wfumig.database.mysql.MysqlDatabase;
import edu.wfu.wfumig.embedded.EmbeddedMariadb;
import edu.wfu.wfumig.graph.Compiler;
import edu.wfu.wfumig.graph.Graph;
import edu.wfu.wfumig.plan.Environment;
import edu.wfu.wfumig.plan.Plan;
import edu.wfu.wfumig.plan.Server;
import edu.wfu.wfumig.settings.Folders;
import edu.wfu.wfumig.settings.Secrets;
import edu.wfu.wfumig.survey.Survey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where everything meets: from a plan to servers, archive and graph. Embedded servers live as long as this. */
final class Wiring implements AutoCloseable {
    private final Plan plan;
    private final Secrets secrets;
    private final @Nullable EmbeddedMariadb embedded;
    private final Databases databases;

    /**
     * @param beside the folder of the plan file
     * @param load whether embedded environments are filled anew, as at the start of a run
     */
    Wiring(Plan plan, Path beside, Map<String, String> environment, boolean load) {
        this.plan = plan;
        this.secrets = new Secrets(environment);
        var ends = List.of(plan.source(), plan.target());
        boolean wanted = ends.stream().anyMatch(end -> end.server() instanceof Server.Embedded);
        embedded = wanted ? start(new Folders(environment, Path.of(System.getProperty("user.home")))) : null;
        if (embedded != null) for (var end : ends) prepare(embedded, end, beside, load);
        Database target = open(plan.target().server());
        var staging = plan.staging().server();
        databases = new Databases(open(plan.source().server()), target, staging == null ? target : open(staging));
    }

    private static EmbeddedMariadb start(Folders folders) {
        return EmbeddedMariadb.start(folders.cache(), folders.cache().resolve("embedded"));
    }

    private static void prepare(EmbeddedMariadb server, Environment end, Path beside, boolean load) {
        if (!(end.server() instanceof Server.Embedded wanted)) return;
        String file = wanted.load();
        if (file != null && load) server.load(end.schema(), beside.resolve(file));
        else server.create(end.schema());
    }

    private Database open(Server server) {
        if (server instanceof Server.Mysql mysql) {
            String password = mysql.password() == null
                    ? ""
                    : secrets.value(mysql.password().name());
            return new MysqlDatabase(mysql.host(), mysql.port(), mysql.user(), password);
        }
        if (embedded == null) throw new IllegalStateException("the embedded server is not running");
        return new MysqlDatabase(embedded.host(), embedded.port(), EmbeddedMariadb.USER, embedded.password());
    }

    Databases databases() {
        return databases;
    }

    /** Surveys both ends and compiles; reads only. */
    Graph compile() {
        return Compiler.compile(plan, Survey.of(plan, databases.source(), databases.target()));
    }

    @Nullable
    ArchiveStore archive() {
        String directory = plan.archive().directory();
        return directory == null ? null : new DirectoryArchive(Path.of(directory));
    }

    /** Whether the target is a server of wfumig's own, which nobody needs to be asked about. */
    boolean targetIsEmbedded() {
        return plan.target().server() instanceof Server.Embedded;
    }

    @Override
    public void close() {
        if (embedded != null) embedded.close();
    }
}
