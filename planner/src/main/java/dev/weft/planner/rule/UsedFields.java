package dev.weft.planner.rule;

import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.util.ImmutableBitSet;

/** Which fields of its inputs a node needs for those of its own that are used above it. */
final class UsedFields {

  private UsedFields() {}

  static ImmutableBitSet all(RelNode node) {
    return ImmutableBitSet.range(node.getRowType().getFieldCount());
  }

  /** For each input. */
  static List<ImmutableBitSet> below(RelNode node, ImmutableBitSet used) {
    boolean plain = node.getVariablesSet().isEmpty();
    if (plain && node instanceof Project project) {
      return List.of(
          ImmutableBitSet.union(
              used.asList().stream()
                  .map(field -> Movable.inputs(project.getProjects().get(field)))
                  .toList()));
    }
    if (plain && node instanceof Filter filter) {
      return List.of(used.union(Movable.inputs(filter.getCondition())));
    }
    if (plain && node instanceof Join join) {
      int left = join.getLeft().getRowType().getFieldCount();
      ImmutableBitSet all = used.union(Movable.inputs(join.getCondition()));
      ImmutableBitSet ofLeft = all.intersect(ImmutableBitSet.range(left));
      return List.of(ofLeft, all.except(ofLeft).shift(-left));
    }
    if (node instanceof Aggregate aggregate) {
      ImmutableBitSet.Builder fields = ImmutableBitSet.builder();
      fields.addAll(aggregate.getGroupSet());
      for (AggregateCall call : aggregate.getAggCallList()) {
        fields.addAll(call.getArgList());
        fields.addAll(call.filterArg < 0 ? List.of() : List.of(call.filterArg));
        fields.addAll(call.getCollation().getKeys());
      }
      return List.of(fields.build());
    }
    return node.getInputs().stream().map(UsedFields::all).toList();
  }
}
