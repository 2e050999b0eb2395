package edu.wfu.wfumig.database.postgres;

import static edu.wfu.wfumig.database.postgres.PostgresText.name;

import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.database.Definition;
import edu.wfu.wfumig.database.Exchange;
import edu.wfu.wfumig.database.SchemaEditor.Move;
import edu.wfu.wfumig.database.SchemaEditor.TableName;
import edu.wfu.wfumig.database.Swapper;
import edu.wfu.wfumig.database.postgres.PostgresSwap.NewView;
import edu.wfu.wfumig.database.postgres.PostgresSwap.Part;
import edu.wfu.wfumig.database.postgres.PostgresSwap.Place;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A swap in one transaction: all of it or nothing, both ways. Where the tables stand is told by their oids, which they keep.
 *
 * <ol>
 *   <li>What hangs on the tables is looked at again; when it is not what was planned, nothing is done.
 *   <li>Views over them are dropped, those first that others are below: the order in which a reader locks them. Whoever locks
 *       a table first waits for a reader of a view who waits for the table.
 *   <li>All tables are locked, in the order of their names. From here on nothing new can hang itself on them.
 *   <li>Foreign keys between them and others, and rules, are dropped. Old tables go to the schema in which they are kept, new ones come
 *       and get their owners and grants. What was dropped is made again.
 * </ol>
 *
 * Foreign keys of other tables are made again validated, within the transaction. That costs readers of these tables the time
 * of one join per key. To validate behind the transaction would cost them nothing, but a key that does not hold would be found
 * when the new tables are already in use, and no longer all or nothing.
 *
 * <p>Triggers and rules that only the old tables have go aside with them: the new ones are as they are at the source.
 */
final class PostgresSwapper implements Swapper {
    private final Connection connection;
    private final PostgresFence fence;
    private final PostgresAttempts attempts;

    PostgresSwapper(Connection connection, PostgresFence fence, PostgresAttempts attempts) {
        this.connection = connection;
        this.fence = fence;
        this.attempts = attempts;
    }

    @Override
    public Exchange plan(List<Move> out, List<Move> in, Company company) {
        return asking("looking at what hangs on the tables", statement -> {
            String live = in.get(0).to().schema();
            var surroundings = new PostgresSurroundings(statement, live);
            var superseded = company.views().stream()
                    .map(view -> name(live, view.name()))
                    .collect(Collectors.toSet());
            company.replaced().forEach(view -> superseded.add(name(live, view)));
            var swap = surroundings.look(places(statement, surroundings, in), superseded);
            var newViews = new ArrayList<NewView>();
            for (var view : company.views()) newViews.add(newView(statement, live, view));
            var triggers = company.triggers().stream().map(Definition::create).toList();
            return new Exchange(out, in, swap.with(newViews, triggers).facts());
        });
    }

    /** What a table that others see stands at, and what is to stand there. */
    private static List<Place> places(Statement statement, PostgresSurroundings surroundings, List<Move> in)
            throws SQLException {
        var places = new ArrayList<Place>();
        for (var move : in) {
            long old = oid(statement, move.to());
            long brought = oid(statement, move.from());
            if (brought == 0) throw lost("the staged table " + move.from() + " is gone");
            places.add(new Place(
                    move.to().table(),
                    old,
                    brought,
                    old == 0 ? List.of() : surroundings.statistics(old),
                    surroundings.statistics(brought)));
        }
        return places;
    }

    private static NewView newView(Statement statement, String live, Definition view) throws SQLException {
        String quoted = name(live, view.name());
        var make = new ArrayList<>(List.of(view.create()));
        long replaced = PostgresRows.oid(statement, live, view.name());
        if (replaced != 0) make.addAll(new PostgresAccess(statement).given("VIEW", replaced, quoted, 0, live));
        return new NewView(quoted, make);
    }

    @Override
    public void move(Exchange exchange) {
        var swap = PostgresSwap.of(exchange);
        attempts.run(connection, "swapping tables", fence, relations(swap), statement -> {
            if (brought(statement, exchange, swap)) return;
            var surroundings = new PostgresSurroundings(statement, exchange.live());
            var superseded = superseded(swap);
            var places = places(statement, surroundings, exchange.in());
            var now = surroundings.look(places, superseded);
            if (!now.agreesWith(swap)) throw outgrown();
            var given = now.given();
            dropAll(statement, swap.rules());
            dropAll(statement, reversed(swap.views()));
            PostgresMoves.lock(statement, Stream.concat(oldTables(exchange, swap), swap.others()));
            if (!surroundings.only(tables(places), swap.bonds())) throw outgrown();
            dropAll(statement, swap.bonds());
            for (var move : exchange.out())
                PostgresMoves.bring(statement, move, statistics(swap, move.from(), Place::oldStatistics));
            for (var move : exchange.in())
                PostgresMoves.bring(statement, move, statistics(swap, move.to(), Place::newStatistics));
            PostgresMoves.executeAll(statement, given);
            makeNew(statement, exchange.live(), swap);
            for (var view : swap.views()) PostgresMoves.executeAll(statement, view.forward());
            for (var rule : swap.rules()) PostgresMoves.executeAll(statement, rule.forward());
            for (var bond : swap.bonds()) PostgresMoves.executeAll(statement, bond.forward());
        });
    }

    @Override
    public void complete(Exchange exchange) {
        // All that there is to do was done together with the move.
    }

    /**
     * The same the other way. What others have hung on the new tables since then is made again over the old ones; what was
     * dropped is made as it was.
     */
    @Override
    public void back(Exchange exchange, boolean moved) {
        var swap = PostgresSwap.of(exchange);
        attempts.run(connection, "swapping tables back", fence, relations(swap), statement -> {
            if (!brought(statement, exchange, swap)) {
                if (moved && !landed(statement, exchange, swap)) throw lost("the tables that were brought are gone");
                return;
            }
            requireKept(statement, exchange, swap);
            var surroundings = new PostgresSurroundings(statement, exchange.live());
            var places = swap.tables().stream()
                    .map(place -> new Place(place.table(), place.brought(), 0, List.of(), List.of()))
                    .toList();
            var now = surroundings.look(places, Set.of());
            dropAll(statement, now.rules());
            dropAll(statement, reversed(now.views()));
            PostgresMoves.lock(statement, Stream.concat(newTables(exchange), now.others()));
            var bonds = ofOthers(surroundings.bonds(tables(places)));
            dropAll(statement, bonds);
            for (var move : exchange.in()) {
                PostgresMoves.bring(statement, move.back(), statistics(swap, move.to(), Place::newStatistics));
            }
            for (var move : exchange.out()) {
                PostgresMoves.bring(statement, move.back(), statistics(swap, move.from(), Place::oldStatistics));
            }
            makeBack(statement, swap.views(), now.views(), newNames(swap));
            makeBack(statement, swap.rules(), now.rules(), Set.of());
            makeBack(statement, swap.bonds(), bonds, Set.of());
        });
    }

    private static List<Part> ofOthers(List<Part> parts) {
        return parts.stream().filter(part -> !part.forward().isEmpty()).toList();
    }

    /** What was there before, as it was; then what is new, unless it came with the tables. */
    private static void makeBack(Statement statement, List<Part> before, List<Part> now, Set<String> notAgain)
            throws SQLException {
        for (var part : before) PostgresMoves.executeAll(statement, part.back());
        var made = before.stream().map(Part::name).collect(Collectors.toSet());
        made.addAll(notAgain);
        for (var part : now) if (!made.contains(part.name())) PostgresMoves.executeAll(statement, part.forward());
    }

    private static void makeNew(Statement statement, String live, PostgresSwap swap) throws SQLException {
        if (swap.newViews().isEmpty() && swap.newTriggers().isEmpty()) return;
        // Their definitions may name tables without a schema.
        statement.execute("SET LOCAL search_path = " + name(live));
        for (var view : swap.newViews()) PostgresMoves.executeAll(statement, view.make());
        PostgresMoves.executeAll(statement, swap.newTriggers());
        statement.execute("SET LOCAL search_path = ''");
    }

    private static Stream<String> oldTables(Exchange exchange, PostgresSwap swap) {
        return swap.tables().stream()
                .filter(place -> place.old() != 0)
                .map(place -> name(exchange.live(), place.table()));
    }

    private static Stream<String> newTables(Exchange exchange) {
        return exchange.in().stream()
                .map(move -> name(move.to().schema(), move.to().table()));
    }

    private static List<String> statistics(PostgresSwap swap, TableName live, Function<Place, List<String>> which) {
        return swap.tables().stream()
                .filter(place -> place.table().equals(live.table()))
                .flatMap(place -> which.apply(place).stream())
                .toList();
    }

    private static Set<String> newNames(PostgresSwap swap) {
        return swap.newViews().stream().map(NewView::name).collect(Collectors.toSet());
    }

    private static Set<String> superseded(PostgresSwap swap) {
        var names = newNames(swap);
        swap.views().stream().filter(view -> view.forward().isEmpty()).forEach(view -> names.add(view.name()));
        return names;
    }

    /** Those that stand at the places. */
    private static List<Long> tables(List<Place> places) {
        return places.stream().map(Place::old).filter(oid -> oid != 0).toList();
    }

    private static Collection<Long> relations(PostgresSwap swap) {
        var oids = new ArrayList<Long>();
        for (var place : swap.tables()) oids.addAll(List.of(place.old(), place.brought()));
        return oids;
    }

    private static void dropAll(Statement statement, List<Part> parts) throws SQLException {
        for (var part : parts) statement.execute(part.drop());
    }

    private static List<Part> reversed(List<Part> parts) {
        var reversed = new ArrayList<>(parts);
        Collections.reverse(reversed);
        return reversed;
    }

    private static long oid(Statement statement, TableName table) throws SQLException {
        return PostgresRows.oid(statement, table.schema(), table.table());
    }

    /** Whether the tables that were to come are live. All of them are, or none. */
    private static boolean brought(Statement statement, Exchange exchange, PostgresSwap swap) throws SQLException {
        var first = swap.tables().get(0);
        return PostgresRows.oid(statement, exchange.live(), first.table()) == first.brought();
    }

    private static boolean landed(Statement statement, Exchange exchange, PostgresSwap swap) throws SQLException {
        return oid(statement, exchange.in().get(0).from())
                == swap.tables().get(0).brought();
    }

    private static void requireKept(Statement statement, Exchange exchange, PostgresSwap swap) throws SQLException {
        for (var move : exchange.out()) {
            for (var place : swap.tables()) {
                boolean its = place.table().equals(move.from().table());
                if (its && oid(statement, move.to()) != place.old())
                    throw lost("the kept table " + move.to() + " is gone");
            }
        }
    }

    private static Refusal lost(String what) {
        return new Refusal(
                Refusal.Kind.FAILED,
                Problem.of(
                        what,
                        "the tables that the ledger knows of",
                        "nothing was changed",
                        "wfumig resume stages a scope again; a backup.sql.zst holds what was replaced"));
    }

    private static Refusal outgrown() {
        return new Refusal(
                Refusal.Kind.PASSING,
                Problem.of(
                        "what hangs on the target's tables was changed while they were about to be swapped",
                        "the views, rules and foreign keys that were planned with",
                        "nothing was changed",
                        "wfumig resume plans the swap anew"));
    }

    /** Tables made anew have other oids, and nobody was given anything. */
    @Override
    public Exchange remade(Exchange exchange) {
        var swap = PostgresSwap.of(exchange);
        return asking("looking at tables made anew", statement -> {
            var kept = new HashMap<String, Long>();
            for (var move : exchange.out()) kept.put(move.from().table(), oid(statement, move.to()));
            return new Exchange(exchange.out(), exchange.in(), swap.remade(kept).facts());
        });
    }

    @Override
    public List<String> missing(Exchange exchange) {
        var swap = PostgresSwap.of(exchange);
        return asking("looking at what was swapped", statement -> {
            var missing = new ArrayList<String>();
            for (var place : swap.tables()) {
                if (PostgresRows.oid(statement, exchange.live(), place.table()) != place.brought()) {
                    missing.add("table " + place.table() + " is not the one that was brought");
                }
            }
            var views = newNames(swap);
            swap.views().stream().filter(view -> !view.forward().isEmpty()).forEach(view -> views.add(view.name()));
            for (String view : new TreeSet<>(views)) {
                try {
                    statement.execute("SELECT FROM " + view + " LIMIT 0");
                } catch (SQLException e) {
                    // A materialized view without rows is one that had none before.
                    if (PostgresFailure.state(e).equals("55000")) continue;
                    missing.add("view " + view + " cannot be read: " + PostgresFailure.said(e));
                }
            }
            return missing;
        });
    }

    private interface Question<T> {
        T ask(Statement statement) throws SQLException;
    }

    private <T> T asking(String doing, Question<T> question) {
        try (var statement = connection.createStatement()) {
            return question.ask(statement);
        } catch (SQLException e) {
            throw PostgresFailure.of(doing, e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // It is gone already, and with it what was not committed.
        }
    }
}
