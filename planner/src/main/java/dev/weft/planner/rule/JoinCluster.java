package dev.weft.planner.rule;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Inner joins that stand together, taken apart: they may be made in any order. Fields are numbered
 * over all leaves, in the order they are written.
 *
 * @param starts for each leaf, the number of its first field
 */
record JoinCluster(List<RelNode> leaves, List<Integer> starts, List<RexNode> conditions) {

  /** What stands below a node that is an inner join, or filters rows of one. */
  static JoinCluster of(RelNode top) {
    JoinCluster cluster = new JoinCluster(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    cluster.add(top, 0);
    return cluster;
  }

  static boolean isJoin(RelNode node) {
    if (node instanceof Filter filter) {
      return filter.getVariablesSet().isEmpty()
          && Movable.is(filter.getCondition())
          && isJoin(filter.getInput());
    }
    return node instanceof Join join
        && join.getJoinType() == JoinRelType.INNER
        && join.getVariablesSet().isEmpty()
        && join.getHints().isEmpty()
        && Movable.is(join.getCondition());
  }

  /** Whether joins that stand together have one that nothing says how to make. */
  static boolean hasCross(RelNode node) {
    return isJoin(node)
        && (node instanceof Join join && join.getCondition().isAlwaysTrue()
            || node.getInputs().stream().anyMatch(JoinCluster::hasCross));
  }

  private void add(RelNode node, int start) {
    if (!isJoin(node)) {
      leaves.add(node);
      starts.add(start);
    } else if (node instanceof Filter filter) {
      add(filter.getInput(), start);
      conditions(filter.getCondition(), start);
    } else {
      Join join = (Join) node;
      add(join.getLeft(), start);
      add(join.getRight(), start + join.getLeft().getRowType().getFieldCount());
      conditions(join.getCondition(), start);
    }
  }

  private void conditions(RexNode condition, int start) {
    for (RexNode part : RelOptUtil.conjunctions(condition)) {
      if (!part.isAlwaysTrue()) {
        conditions.add(start == 0 ? part : RexUtil.shift(part, start));
      }
    }
  }

  /** The same over other plans of the leaves. */
  JoinCluster with(List<RelNode> others) {
    return new JoinCluster(others, starts, conditions);
  }

  /** The leaf that a field belongs to. */
  int leafOf(int field) {
    int leaf = starts.size() - 1;
    while (starts.get(leaf) > field) {
      leaf--;
    }
    return leaf;
  }

  /** The leaves that a condition is about. */
  ImmutableBitSet leavesOf(RexNode condition) {
    return ImmutableBitSet.of(
        Movable.inputs(condition).asList().stream().map(this::leafOf).toList());
  }

  int fields() {
    int last = leaves.size() - 1;
    return starts.get(last) + leaves.get(last).getRowType().getFieldCount();
  }
}
