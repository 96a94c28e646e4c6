package dev.weft.planner.rule;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelDigest;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Joins of a plan that join the same tables but for some, as a year and the year before do. Rows
 * that are moved before the tables differ are moved once for all of them.
 *
 * @param places how many different ones there are
 * @param same the leaves that all of them have
 */
record JoinTwins(int places, ImmutableBitSet same) {

  static JoinTwins of(JoinCluster cluster, RelNode plan) {
    List<RelDigest> own = leaves(cluster);
    Set<List<RelDigest>> twins = new HashSet<>(Set.of(own));
    collect(plan, own, twins);
    ImmutableBitSet same =
        ImmutableBitSet.of(
            IntStream.range(0, own.size())
                .filter(i -> twins.stream().allMatch(twin -> twin.get(i).equals(own.get(i))))
                .toArray());
    return new JoinTwins(twins.size(), same);
  }

  private static void collect(RelNode node, List<RelDigest> own, Set<List<RelDigest>> twins) {
    if (!JoinCluster.isJoin(node)) {
      node.getInputs().forEach(input -> collect(input, own, twins));
      return;
    }
    JoinCluster cluster = JoinCluster.of(node);
    List<RelDigest> leaves = leaves(cluster);
    if (leaves.size() == own.size() && leaves.get(0).equals(own.get(0))) {
      twins.add(leaves);
    }
    cluster.leaves().forEach(leaf -> collect(leaf, own, twins));
  }

  private static List<RelDigest> leaves(JoinCluster cluster) {
    return cluster.leaves().stream().map(RelNode::getRelDigest).toList();
  }

  /** What a sequence costs one of them, where the others use what it moves. */
  double cost(JoinSequence sequence) {
    double moved = sequence.movedCost(same);
    double read = sequence.units().stream().mapToDouble(JoinUnit::rows).sum();
    return read + sequence.cost() - moved + moved / places;
  }
}
