package dev.weft.planner.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * In which order units are joined, each to all before it, and what that costs: every row that is
 * looked up counts one, every row that must be moved and sorted for a join several.
 */
record JoinSequence(List<Step> steps) {

  /** Moving and sorting a row, in rows looked up. */
  private static final double MOVED = 4;

  /** A row that comes out and is handed on. */
  private static final double GIVEN = 0.2;

  /** A leaf that keeps more of the rows than this is not joined before the largest comes to it. */
  private static final double REDUCES = 0.5;

  /** Copies the list. */
  JoinSequence {
    steps = List.copyOf(steps);
  }

  /**
   * A unit that comes to those before it.
   *
   * @param moved whether the rows joined before are moved for it, if it is not sent on purpose
   */
  record Step(JoinUnit unit, double cost, boolean moved) {}

  List<JoinUnit> units() {
    return steps.stream().map(Step::unit).toList();
  }

  double cost() {
    return steps.stream().mapToDouble(Step::cost).sum();
  }

  /**
   * What reading and joining costs until rows are moved for the last time while only some leaves
   * are joined: other places of a plan that join the same leaves so far use those rows too.
   */
  double movedCost(ImmutableBitSet leaves) {
    double whole = 0;
    double moved = 0;
    for (Step step : steps) {
      moved = step.moved ? whole : moved;
      if (!leaves.contains(step.unit.set())) {
        break;
      }
      whole += step.unit.rows() + step.cost;
    }
    return moved;
  }

  /** As written: the next leaf is the first that a condition joins to those before. */
  static Optional<JoinSequence> written(JoinSizes sizes, int count) {
    List<JoinUnit> rest =
        new ArrayList<>(IntStream.range(0, count).mapToObj(i -> JoinUnit.of(i, sizes)).toList());
    return sequence(sizes, rest.remove(0), rest, JoinSequence::firstConnected);
  }

  /**
   * By what each join makes of the rows and costs for it: what leaves fewest for least comes first.
   */
  static Optional<JoinSequence> chosen(JoinSizes sizes, int count) {
    List<JoinUnit> rest =
        new ArrayList<>(IntStream.range(0, count).mapToObj(i -> JoinUnit.of(i, sizes)).toList());
    JoinUnit largest =
        rest.stream().max(Comparator.comparingDouble(JoinUnit::rows)).orElse(rest.get(0));
    rest.remove(largest);
    return sequence(sizes, largest, reduced(sizes, largest, rest), JoinSequence::best);
  }

  /** Other large leaves take what reduces them and joins nothing else with them. */
  private static List<JoinUnit> reduced(JoinSizes sizes, JoinUnit largest, List<JoinUnit> units) {
    List<JoinUnit> rest = new ArrayList<>(units);
    for (JoinUnit unit : units) {
      if (!rest.contains(unit) || unit.sent()) {
        continue;
      }
      JoinUnit grown = unit;
      List<JoinUnit> own =
          rest.stream().filter(u -> u.sent() && isOwn(sizes, u, unit, largest, units)).toList();
      for (JoinUnit dimension : own) {
        double factor = sizes.factor(grown.set(), dimension.set(), dimension.rows());
        if (factor < REDUCES) {
          grown = grown.and(dimension, factor);
          rest.remove(dimension);
        }
      }
      rest.set(rest.indexOf(unit), grown);
    }
    return rest;
  }

  private static boolean isOwn(
      JoinSizes sizes, JoinUnit small, JoinUnit owner, JoinUnit largest, List<JoinUnit> all) {
    boolean others =
        all.stream()
            .filter(u -> !u.equals(small) && !u.equals(owner))
            .anyMatch(u -> sizes.connects(u.set(), small.set()));
    return !others
        && !sizes.connects(largest.set(), small.set())
        && sizes.connects(owner.set(), small.set());
  }

  /** Chooses what comes next. */
  private interface Choice {
    Optional<JoinUnit> next(JoinSizes sizes, Joined before, List<JoinUnit> rest);
  }

  /** What is joined so far. */
  private record Joined(ImmutableBitSet set, double rows, boolean sent) {

    static Joined of(JoinUnit unit) {
      return new Joined(unit.set(), unit.rows(), unit.sent());
    }

    Joined and(JoinUnit unit, double factor) {
      return new Joined(set.union(unit.set()), Math.max(1, rows * factor), false);
    }
  }

  private static Optional<JoinSequence> sequence(
      JoinSizes sizes, JoinUnit first, List<JoinUnit> others, Choice choice) {
    List<JoinUnit> rest = new ArrayList<>(others);
    List<Step> order = new ArrayList<>(List.of(new Step(first, inner(sizes, first), false)));
    Joined joined = Joined.of(first);
    while (!rest.isEmpty()) {
      Optional<JoinUnit> next = choice.next(sizes, joined, rest);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      JoinUnit unit = next.get();
      double factor = factor(sizes, joined, unit);
      double cost = inner(sizes, unit) + cost(joined, unit) + GIVEN * joined.rows * factor;
      order.add(new Step(unit, cost, !isSmall(sizes, order, unit)));
      joined = joined.and(unit, factor);
      rest.remove(unit);
    }
    return Optional.of(new JoinSequence(order));
  }

  /** Whether one of both sides is sent without being told. */
  private static boolean isSmall(JoinSizes sizes, List<Step> before, JoinUnit unit) {
    return sizes.isSmall(unit) || before.size() == 1 && sizes.isSmall(before.get(0).unit);
  }

  private static double factor(JoinSizes sizes, Joined before, JoinUnit unit) {
    return sizes.factor(before.set, unit.set(), unit.rows());
  }

  private static double cost(Joined before, JoinUnit unit) {
    return (isSent(before, unit) ? 1 : MOVED) * (before.rows + unit.rows());
  }

  private static boolean isSent(Joined before, JoinUnit unit) {
    return unit.sent() || before.sent;
  }

  /** What a unit costs before others come to it. */
  private static double inner(JoinSizes sizes, JoinUnit unit) {
    double cost = 0;
    Joined joined = Joined.of(JoinUnit.of(unit.first(), sizes));
    for (int leaf : unit.leaves().subList(1, unit.leaves().size())) {
      JoinUnit next = JoinUnit.of(leaf, sizes);
      double factor = factor(sizes, joined, next);
      cost += cost(joined, next) + GIVEN * joined.rows * factor;
      joined = joined.and(next, factor);
    }
    return cost;
  }

  private static Optional<JoinUnit> firstConnected(
      JoinSizes sizes, Joined before, List<JoinUnit> rest) {
    return rest.stream().filter(unit -> sizes.connects(before.set, unit.set())).findFirst();
  }

  private static Optional<JoinUnit> best(JoinSizes sizes, Joined before, List<JoinUnit> rest) {
    JoinUnit best = null;
    double least = Double.MAX_VALUE;
    for (JoinUnit unit : rest) {
      if (sizes.connects(before.set, unit.set())) {
        double rank = rank(sizes, before, unit, rest);
        if (rank < least - 1e-9) {
          least = rank;
          best = unit;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** What a join, alone or with one that it makes possible, takes away for what it costs. */
  private static double rank(JoinSizes sizes, Joined before, JoinUnit unit, List<JoinUnit> rest) {
    double factor = factor(sizes, before, unit);
    double cost = cost(before, unit) / before.rows;
    double rank = (factor - 1) / cost;
    Joined after = before.and(unit, factor);
    for (JoinUnit behind : rest) {
      if (!behind.equals(unit)
          && !sizes.connects(before.set, behind.set())
          && sizes.connects(after.set, behind.set())) {
        double both = factor * factor(sizes, after, behind);
        double whole = cost + cost(after, behind) / before.rows;
        rank = Math.min(rank, (both - 1) / whole);
      }
    }
    return rank;
  }
}
