package edu.wfu.wfumig.wordpress;

import edu.wfu.wfumig.Address;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Derives rewrite rules from the addresses that sites have on both sides.
 *
 * <ol>
 *   <li>The main site gives the first pair of hosts; where its scheme changes too, a pair with schemes besides.
 *   <li>A site whose target address already follows from those needs no pair of its own, but for the scheme of a host
 *       of its own: 10,000 sites in subdirectories need one rule.
 *   <li>Any other site gives a pair of its own: hosts when both live at a root, else hosts with paths.
 * </ol>
 */
public final class AddressRules {
    private AddressRules() {}

    /**
     * @param schemeFrom {@code http} or {@code https} of the source's main site
     * @param addresses source address to target address, the main site first
     */
    public static List<Rule> derive(String schemeFrom, String schemeTo, Map<Address, Address> addresses) {
        var rules = new LinkedHashMap<String, Rule>();
        var main = new Rewriter(List.of());
        var mainPair = addresses.entrySet().stream().findFirst().orElse(null);
        for (var pair : addresses.entrySet()) {
            Address from = pair.getKey();
            Address to = pair.getValue();
            boolean first = pair.equals(mainPair);
            boolean follows = !first && follow(main, from).equals(to);
            boolean hosts = from.path().equals(to.path())
                    && (first || follows || from.path().equals("/"));
            String find = hosts ? from.host() : from.bare();
            String with = hosts ? to.host() : to.bare();
            if (find.isEmpty()) continue;
            if (!follows && !find.equals(with)) rules.putIfAbsent(find, new Rule(find, with));
            if (!schemeFrom.equals(schemeTo)) {
                String url = schemeFrom + "://" + find;
                rules.putIfAbsent(url, new Rule(url, schemeTo + "://" + with));
            }
            if (first) main = new Rewriter(List.copyOf(rules.values()));
        }
        return List.copyOf(rules.values());
    }

    /** The address that a rewriter makes of {@code address}. */
    public static Address follow(Rewriter rewriter, Address address) {
        byte[] text = address.toString().getBytes(StandardCharsets.UTF_8);
        return Address.ofUrl(new String(rewriter.rewrite(text), StandardCharsets.UTF_8));
    }
}
