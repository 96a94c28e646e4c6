package dev.weft.planner.rule;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.hint.RelHint;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/** Makes the joins of a cluster in a chosen order, each condition where its leaves first meet. */
final class JoinTree {

  private static final RelHint REORDERED = RelHint.builder(JoinOrder.REORDERED).build();

  private final JoinCluster cluster;

  private JoinTree(JoinCluster cluster) {
    this.cluster = cluster;
  }

  /** The rows of the node before, with its fields in their order. */
  static RelNode of(JoinCluster cluster, JoinSequence sequence, RelNode before) {
    JoinTree tree = new JoinTree(cluster);
    Part all =
        sequence.units().stream()
            .map(unit -> unit.leaves().stream().map(tree::leaf).reduce(tree::join).orElseThrow())
            .reduce(tree::join)
            .orElseThrow();
    return all.marked().inOrder(before);
  }

  private Part leaf(int leaf) {
    int[] places = new int[cluster.fields()];
    Arrays.fill(places, -1);
    RelNode node = cluster.leaves().get(leaf);
    int start = cluster.starts().get(leaf);
    for (int i = 0; i < node.getRowType().getFieldCount(); i++) {
      places[start + i] = i;
    }
    ImmutableBitSet own = ImmutableBitSet.of(leaf);
    // What is about no leaf at all may stand on any.
    List<RexNode> conditions =
        cluster.conditions().stream()
            .filter(c -> cluster.leavesOf(c).equals(own) || (leaf == 0 && isConstant(c)))
            .toList();
    Part part = new Part(node, own, places);
    return conditions.isEmpty() ? part : part.filtered(conditions);
  }

  private boolean isConstant(RexNode condition) {
    return cluster.leavesOf(condition).isEmpty();
  }

  private Part join(Part left, Part right) {
    int width = left.node.getRowType().getFieldCount();
    int[] places =
        IntStream.range(0, left.places.length)
            .map(i -> right.places[i] >= 0 ? width + right.places[i] : left.places[i])
            .toArray();
    ImmutableBitSet all = left.leaves.union(right.leaves);
    List<RexNode> conditions = new ArrayList<>();
    for (RexNode condition : cluster.conditions()) {
      ImmutableBitSet about = cluster.leavesOf(condition);
      boolean earlier = left.leaves.contains(about) || right.leaves.contains(about);
      if (all.contains(about) && !earlier) {
        conditions.add(Part.moved(condition, places));
      }
    }
    RelNode joined =
        LogicalJoin.create(
            left.node,
            right.node,
            List.of(),
            RexUtil.composeConjunction(left.node.getCluster().getRexBuilder(), conditions),
            ImmutableSet.of(),
            JoinRelType.INNER);
    return new Part(joined, all, places);
  }

  /** Leaves joined so far; a place is a field's number here for each of the cluster's, or -1. */
  private static final class Part {

    private final RelNode node;
    private final ImmutableBitSet leaves;
    private final int[] places;

    Part(RelNode node, ImmutableBitSet leaves, int[] places) {
      this.node = node;
      this.leaves = leaves;
      this.places = places;
    }

    Part filtered(List<RexNode> conditions) {
      List<RexNode> own = conditions.stream().map(condition -> moved(condition, places)).toList();
      RexNode all = RexUtil.composeConjunction(node.getCluster().getRexBuilder(), own);
      return new Part(LogicalFilter.create(node, all), leaves, places);
    }

    static RexNode moved(RexNode condition, int[] places) {
      return condition.accept(
          new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef field) {
              return new RexInputRef(places[field.getIndex()], field.getType());
            }
          });
    }

    /** The topmost join says that the order is not the one written. */
    Part marked() {
      return new Part(((LogicalJoin) node).withHints(List.of(REORDERED)), leaves, places);
    }

    /** The fields where they were. */
    RelNode inOrder(RelNode before) {
      List<RexNode> columns = new ArrayList<>();
      for (RelDataTypeField field : before.getRowType().getFieldList()) {
        columns.add(new RexInputRef(places[field.getIndex()], field.getType()));
      }
      return LogicalProject.create(
          node, List.of(), columns, before.getRowType().getFieldNames(), ImmutableSet.of());
    }
  }
}
