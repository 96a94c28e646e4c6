package dev.weft.planner.rule;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Leaves joined one after another before others come to them.
 *
 * @param rows what they give together
 * @param sent whether Spark sends them to all tasks; otherwise both sides are moved and sorted
 */
record JoinUnit(List<Integer> leaves, double rows, boolean sent) {

  /** Copies the list. */
  JoinUnit {
    leaves = List.copyOf(leaves);
  }

  static JoinUnit of(int leaf, JoinSizes sizes) {
    return new JoinUnit(List.of(leaf), sizes.rows(leaf), sizes.isSent(leaf));
  }

  ImmutableBitSet set() {
    return ImmutableBitSet.of(leaves);
  }

  int first() {
    return leaves.get(0);
  }

  /** With another leaf behind; what is joined, Spark thinks too large to send. */
  JoinUnit and(JoinUnit other, double factor) {
    List<Integer> all = new ArrayList<>(leaves);
    all.addAll(other.leaves);
    return new JoinUnit(all, rows * factor, false);
  }
}
