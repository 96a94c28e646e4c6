package dev.weft.planner.rule;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.plan.RelDigest;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Join;
import org.jspecify.annotations.Nullable;

/**
 * Joins that stand at several places of a plan with different things above them. Spark, where it
 * moves the rows of both sides, moves them once for all the places; where a side is sent, each
 * place makes the rows of the other side again.
 */
final class Repeated {

  private final RelNode plan;
  private @Nullable Set<RelNode> movedOnce;

  Repeated(RelNode plan) {
    this.plan = plan;
  }

  /** Whether the sides of a join are moved once though it stands at several places. */
  boolean isMovedOnce(RelNode join) {
    if (movedOnce == null) {
      movedOnce = Collections.newSetFromMap(new IdentityHashMap<>());
      Map<RelDigest, Integer> places = new HashMap<>();
      count(plan, places);
      collect(plan, 1, places, movedOnce);
    }
    return movedOnce.contains(join);
  }

  private static void count(RelNode node, Map<RelDigest, Integer> places) {
    if (node instanceof Join || node instanceof Aggregate) {
      places.merge(node.getRelDigest(), 1, Integer::sum);
    }
    node.getInputs().forEach(input -> count(input, places));
  }

  /**
   * @param above at how many places the nearest aggregate above stands: its rows are moved too, so
   *     that nothing below it is made more often than its other places ask for
   */
  private static void collect(
      RelNode node, int above, Map<RelDigest, Integer> places, Set<RelNode> found) {
    int here = places.getOrDefault(node.getRelDigest(), above);
    if (node instanceof Join && here > above) {
      found.add(node);
    }
    int below = node instanceof Aggregate ? here : above;
    node.getInputs().forEach(input -> collect(input, below, places, found));
  }
}
