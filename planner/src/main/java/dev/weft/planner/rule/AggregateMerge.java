package dev.weft.planner.rule;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * Rows of totals side by side, as in {@code FROM (SELECT count(*) … WHERE hour = 8), (SELECT
 * count(*) … WHERE hour = 9)}: those of one source are computed in one pass over it.
 */
final class AggregateMerge {

  private AggregateMerge() {}

  static RelNode merge(RelNode node) {
    if (!isCross(node)) {
      List<RelNode> inputs = node.getInputs().stream().map(AggregateMerge::merge).toList();
      return inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    }
    List<RelNode> leaves = new ArrayList<>();
    leaves(node, leaves);
    return merged((Join) node, leaves).orElseGet(() -> same(node, leaves.iterator()));
  }

  /** The joins as they are, over what became of the leaves. */
  private static RelNode same(RelNode node, Iterator<RelNode> leaves) {
    if (!isCross(node)) {
      return leaves.next();
    }
    List<RelNode> inputs = node.getInputs().stream().map(input -> same(input, leaves)).toList();
    return inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
  }

  private static boolean isCross(RelNode node) {
    return node instanceof Join join
        && join.getJoinType() == JoinRelType.INNER
        && join.getCondition().isAlwaysTrue()
        && join.getVariablesSet().isEmpty()
        && join.getHints().isEmpty();
  }

  private static void leaves(RelNode node, List<RelNode> leaves) {
    if (isCross(node)) {
      node.getInputs().forEach(input -> leaves(input, leaves));
    } else {
      leaves.add(merge(node));
    }
  }

  private static Optional<RelNode> merged(Join join, List<RelNode> leaves) {
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < leaves.size(); i++) {
      int leaf = i;
      Optional<TotalOfRows> total = TotalOfRows.of(leaves.get(i));
      Optional<Group> same =
          total.flatMap(t -> groups.stream().filter(group -> group.takes(t)).findFirst());
      same.ifPresentOrElse(
          group -> group.add(leaf, total),
          () -> groups.add(new Group(leaf, leaves.get(leaf), total)));
    }
    if (groups.size() == leaves.size()) {
      return Optional.empty();
    }
    List<Integer> order = new ArrayList<>();
    RelNode all = null;
    for (Group group : groups) {
      Optional<RelNode> rows = group.rows();
      if (rows.isEmpty()) {
        return Optional.empty();
      }
      order.addAll(group.leaves);
      all = all == null ? rows.get() : cross(join, all, rows.get());
    }
    return Optional.of(inOrder(join, leaves, order, Objects.requireNonNull(all)));
  }

  private static RelNode cross(Join like, RelNode left, RelNode right) {
    return LogicalJoin.create(
        left, right, List.of(), like.getCondition(), ImmutableSet.of(), JoinRelType.INNER);
  }

  /** The fields where they were, under their names. */
  private static RelNode inOrder(
      Join join, List<RelNode> leaves, List<Integer> order, RelNode all) {
    int[] starts = new int[leaves.size()];
    int start = 0;
    for (int leaf : order) {
      starts[leaf] = start;
      start += leaves.get(leaf).getRowType().getFieldCount();
    }
    List<RexNode> columns = new ArrayList<>();
    for (int leaf = 0; leaf < leaves.size(); leaf++) {
      for (int i = 0; i < leaves.get(leaf).getRowType().getFieldCount(); i++) {
        columns.add(RexInputRef.of(starts[leaf] + i, all.getRowType()));
      }
    }
    return LogicalProject.create(
        all, List.of(), columns, join.getRowType().getFieldNames(), ImmutableSet.of());
  }

  /** Leaves over one source; or a leaf by itself. */
  private static final class Group {

    private final List<Integer> leaves = new ArrayList<>();
    private final List<TotalOfRows> parts = new ArrayList<>();
    private final RelNode first;

    Group(int leaf, RelNode first, Optional<TotalOfRows> total) {
      this.first = first;
      add(leaf, total);
    }

    void add(int leaf, Optional<TotalOfRows> total) {
      leaves.add(leaf);
      total.ifPresent(parts::add);
    }

    boolean takes(TotalOfRows other) {
      return !parts.isEmpty() && parts.get(0).source().deepEquals(other.source());
    }

    Optional<RelNode> rows() {
      return leaves.size() == 1 ? Optional.of(first) : TotalsTogether.of(parts);
    }
  }
}
