package dev.weft.planner.rule;

import dev.weft.planner.estimate.Comparison;
import dev.weft.planner.estimate.Estimate;
import dev.weft.planner.estimate.Estimates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/** The rows that the leaves of a cluster have, alone and joined. */
final class JoinSizes {

  /** Of a condition that is no equation of columns. */
  private static final double SOME = 1.0 / 3;

  private final JoinCluster cluster;
  private final List<Link> links;
  private final List<Estimate> leaves;
  private final List<Boolean> small;
  private final List<Boolean> sent;

  private JoinSizes(
      JoinCluster cluster, List<Estimate> leaves, List<Boolean> small, List<Boolean> sent) {
    this.cluster = cluster;
    this.links = cluster.conditions().stream().map(part -> Link.of(part, cluster)).toList();
    this.leaves = leaves;
    this.small = small;
    this.sent = sent;
  }

  /**
   * A condition.
   *
   * @param about the leaves that it is about
   * @param equal the fields of two leaves that it says are equal
   */
  private record Link(ImmutableBitSet about, Optional<Comparison.Fields> equal) {

    static Link of(RexNode condition, JoinCluster cluster) {
      return new Link(
          cluster.leavesOf(condition),
          Comparison.fields(condition)
              .filter(both -> cluster.leafOf(both.left()) != cluster.leafOf(both.right())));
    }

    /** Whether it is about both groups of leaves, and about no other. */
    boolean joins(ImmutableBitSet before, ImmutableBitSet added) {
      return before.union(added).contains(about)
          && !before.contains(about)
          && !added.contains(about);
    }
  }

  /** Empty where nobody knows the rows of a leaf. */
  static Optional<JoinSizes> of(JoinCluster cluster, Estimates estimates) {
    List<Estimate> rows = new ArrayList<>();
    List<Boolean> small = new ArrayList<>();
    List<Boolean> sent = new ArrayList<>();
    for (RelNode leaf : cluster.leaves()) {
      Optional<Estimate> own = estimates.of(leaf);
      if (own.isEmpty()) {
        return Optional.empty();
      }
      rows.add(own.get());
      small.add(SentSides.isSmall(leaf, estimates));
      sent.add(
          small.get(small.size() - 1) || SentSides.isFew(leaf, UsedFields.all(leaf), estimates));
    }
    return Optional.of(new JoinSizes(cluster, rows, small, sent));
  }

  double rows(int leaf) {
    return leaves.get(leaf).rows();
  }

  /** Whether Spark sends a unit that is this leaf without being told. */
  boolean isSmall(JoinUnit unit) {
    return unit.leaves().size() == 1 && small.get(unit.first());
  }

  boolean isSent(int leaf) {
    return sent.get(leaf);
  }

  /** For each row of some leaves joined, the rows there are with a further group of leaves. */
  double factor(ImmutableBitSet before, ImmutableBitSet added, double addedRows) {
    double factor = addedRows;
    List<Double> left = new ArrayList<>();
    List<Double> right = new ArrayList<>();
    double most = 1;
    for (Link link : links) {
      if (!link.joins(before, added)) {
        continue;
      }
      if (link.equal.isEmpty()) {
        factor *= SOME;
      } else {
        Comparison.Fields fields = link.equal.get();
        boolean turned = added.get(cluster.leafOf(fields.left()));
        int own = turned ? fields.right() : fields.left();
        left.add(distinct(own));
        right.add(distinct(turned ? fields.left() : fields.right()));
        most = Math.max(most, rows(cluster.leafOf(own)));
      }
    }
    double here = left.stream().reduce(1.0, (a, b) -> a * b);
    double there = right.stream().reduce(1.0, (a, b) -> a * b);
    return factor / Math.max(1, Math.max(Math.min(here, most), Math.min(there, addedRows)));
  }

  /** Whether a condition joins two groups of leaves. */
  boolean connects(ImmutableBitSet before, ImmutableBitSet added) {
    return links.stream().anyMatch(l -> l.equal.isPresent() && l.joins(before, added));
  }

  private double distinct(int field) {
    int leaf = cluster.leafOf(field);
    return leaves.get(leaf).distinct(field - cluster.starts().get(leaf));
  }
}
