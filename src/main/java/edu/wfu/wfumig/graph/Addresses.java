package edu.wfu.wfumig.graph;

import edu.wfu.wfumig.Address;
import edu.wfu.wfumig.inventory.Holding;
import edu.wfu.wfumig.inventory.Inventory;
import edu.wfu.wfumig.inventory.Site;
import edu.wfu.wfumig.plan.Plan;
import edu.wfu.wfumig.plan.Sites;
import edu.wfu.wfumig.plan.Sites.DomainPair;
import edu.wfu.wfumig.wordpress.AddressRules;
import edu.wfu.wfumig.wordpress.Rewriter;
import edu.wfu.wfumig.wordpress.Rule;
import edu.wfu.wfumig.wordpress.TableOwner;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where every site answers on the target, and the rules that follow.
 *
 * <ol>
 *   <li>What the plan says with {@code domain … to: …}.
 *   <li>Else what the target's own {@code wp_blogs} says.
 *   <li>Else what the rules so far make of the source's address.
 * </ol>
 */
record Addresses(Address main, Map<Long, Address> onTarget, List<Rule> rules) {

    static Addresses of(Plan plan, Sites wanted, Inventory inventory) {
        var own = new HashMap<Long, Address>();
        inventory.target().sites().forEach(site -> own.put(site.id(), site.address()));
        Map<String, String> mapped = new HashMap<>();
        for (DomainPair pair : wanted.domains()) mapped.put(pair.from(), pair.to());

        Address sourceMain = main(inventory.source(), plan.source().url());
        Address targetOwn = Optional.ofNullable(own.get(TableOwner.MAIN_SITE))
                .orElseGet(() -> main(inventory.target(), plan.target().url()));
        String mappedMain = mapped.get(sourceMain.host());
        Address targetMain = mappedMain == null ? targetOwn : new Address(mappedMain, sourceMain.path());
        var pairs = new LinkedHashMap<Address, Address>();
        pairs.put(sourceMain, targetMain);
        var first = new Rewriter(rules(plan, pairs));

        var onTarget = new HashMap<Long, Address>();
        for (Site site : inventory.source().sites()) {
            Address from = site.address();
            String domain = mapped.get(from.host());
            Address to = domain != null
                    ? new Address(domain, from.path())
                    : own.containsKey(site.id()) ? own.get(site.id()) : AddressRules.follow(first, from);
            if (to == null) continue;
            onTarget.put(site.id(), to);
            pairs.putIfAbsent(from, to);
        }
        return new Addresses(targetMain, onTarget, rules(plan, pairs));
    }

    /** Schemes are told apart only where both environments say theirs. */
    private static List<Rule> rules(Plan plan, Map<Address, Address> pairs) {
        String from = plan.source().url();
        String to = plan.target().url();
        if (from == null || to == null) return AddressRules.derive("http", "http", pairs);
        return AddressRules.derive(scheme(from), scheme(to), pairs);
    }

    private static String scheme(String url) {
        return url.startsWith("https://") ? "https" : "http";
    }

    private static Address main(Holding holding, @Nullable String url) {
        return holding.sites().stream()
                .filter(site -> site.id() == TableOwner.MAIN_SITE)
                .map(Site::address)
                .findFirst()
                .orElseGet(() -> url == null ? new Address("", "/") : Address.ofUrl(url));
    }
}
