package edu.wfu.wfumig.wordpress;

import edu.wfu.wfumig.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Derives rewrite rules from the addresses that sites have on both sides.
 *
 * <ol>
 *   <li>The main site gives the first pair of hosts; where its scheme changes too, a pair with schemes besides.
 *   <li>A site whose target address already follows from the rules so far needs none of its own: 10,000 sites in
 *       subdirectories need one rule.
 *   <li>Any other site gives a pair of its own: hosts when both live at a root, else host and path.
 * </ol>
 */
public final class AddressRules {
    private AddressRules() {}

    /**
     * @param schemeFrom {@code http} or {@code https} of the source's main site
     * @param addresses source address to target address, the main site first
     */
    public static List<Rule> derive(String schemeFrom, String schemeTo, Map<Address, Address> addresses) {
        var rules = new ArrayList<Rule>();
        boolean schemeChanges = !schemeFrom.equals(schemeTo);
        for (var pair : addresses.entrySet()) {
            Address from = pair.getKey();
            Address to = pair.getValue();
            if (follow(rules, from).equals(to) && !(schemeChanges && rules.isEmpty())) continue;
            boolean hosts = from.path().equals(to.path());
            String find = hosts ? from.host() : from.bare();
            String with = hosts ? to.host() : to.bare();
            if (!find.equals(with)) rules.add(new Rule(find, with));
            if (schemeChanges) rules.add(new Rule(schemeFrom + "://" + find, schemeTo + "://" + with));
        }
        return List.copyOf(rules);
    }

    /** The address that {@code rules} make of {@code address}. */
    public static Address follow(List<Rule> rules, Address address) {
        if (rules.isEmpty()) return address;
        byte[] text = address.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return Address.ofUrl(new String(new Rewriter(rules).rewrite(text), java.nio.charset.StandardCharsets.UTF_8));
    }
}
