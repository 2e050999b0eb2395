package edu.wfu.wfumig.plan;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** What a plan lets others read who stand on its way: all that leaves this machine and is not encrypted. */
public final class InTheClear {
    private InTheClear() {}

    /** One line for each server that is reached so. */
    public static List<String> of(Plan plan) {
        var lines = new LinkedHashSet<String>();
        for (var server : servers(plan)) {
            boolean told = server instanceof Server.Mysql mysql && open(mysql.host(), mysql.ssl())
                    || server instanceof Server.Postgres postgres && open(postgres.host(), postgres.ssl());
            if (told) lines.add("rows go to " + server + " in the clear: ssl disabled()");
        }
        if (plan.archive() instanceof Archive.S3 s3
                && s3.endpoint() != null
                && s3.endpoint().startsWith("http:")
                && !Ssl.here(String.valueOf(URI.create(s3.endpoint()).getHost()))) {
            lines.add("dumps go to " + s3.endpoint() + " in the clear: https:// would encrypt them");
        }
        return List.copyOf(lines);
    }

    private static List<Server> servers(Plan plan) {
        var servers =
                new ArrayList<>(List.of(plan.source().server(), plan.target().server()));
        if (plan.staging().server() != null) servers.add(plan.staging().server());
        return servers;
    }

    private static boolean open(String host, Ssl ssl) {
        return ssl.mode() == Ssl.Mode.DISABLED && !Ssl.here(host);
    }
}
