package edu.wfu.wfumig.wordpress;

import java.net.IDN;
import java.util.Locale;

/**
 * The two spellings of an internationalized host: {@code müller.test} and {@code xn--mller-kva.test} (RFC 3490). A name
 * whose two spellings do not lead back to each other ({@code ß} is one) has only the one it is written in: better to find
 * too little than another host.
 */
final class HostName {
    private HostName() {}

    static String ascii(String host) {
        try {
            String ascii = IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
            boolean returns = IDN.toUnicode(ascii, IDN.ALLOW_UNASSIGNED).equals(host.toLowerCase(Locale.ROOT));
            return returns && !ascii.equalsIgnoreCase(host) ? ascii : host;
        } catch (IllegalArgumentException e) {
            return host;
        }
    }

    static String unicode(String host) {
        String unicode = IDN.toUnicode(host, IDN.ALLOW_UNASSIGNED);
        return !unicode.equalsIgnoreCase(host) && ascii(unicode).equalsIgnoreCase(host) ? unicode : host;
    }
}
