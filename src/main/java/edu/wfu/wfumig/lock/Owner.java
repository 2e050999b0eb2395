package edu.wfu.wfumig.lock;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Who holds a target, for people.
 *
 * @param doing what it does, as in {@code run dev-to-uat-2026-11-20T09-12-44}
 */
public record Owner(String doing, String host, long pid) {
    /** This process. */
    public static Owner here(String doing) {
        return new Owner(doing, hostName(), ProcessHandle.current().pid());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "a host without a name";
        }
    }

    @Override
    public String toString() {
        return doing + " on " + host + ", process " + pid;
    }
}
