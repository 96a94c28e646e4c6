package dev.weft.planner.rule;

import dev.weft.planner.rel.Predict;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.util.ImmutableBitSet;

/** A prediction answers only what is used; one that nobody asks is left out. */
final class PredictPruning {

  private PredictPruning() {}

  static Pruned predict(Predict predict, ImmutableBitSet used) {
    int own = predict.getInput().getRowType().getFieldCount();
    ImmutableBitSet passed = used.intersect(ImmutableBitSet.range(own));
    ImmutableBitSet answers =
        used.intersect(ImmutableBitSet.range(own, predict.getRowType().getFieldCount()));
    if (answers.isEmpty()) {
      return unasked(predict, passed);
    }
    ImmutableBitSet needed = passed.union(ImmutableBitSet.of(predict.features()));
    Pruned input = ColumnPruning.prune(predict.getInput(), needed);
    RelDataTypeFactory.Builder row = predict.getCluster().getTypeFactory().builder();
    row.addAll(input.node().getRowType().getFieldList());
    List<Integer> outputs = new ArrayList<>();
    List<Integer> fields = new ArrayList<>(input.fields());
    List<RelDataTypeField> before = predict.getRowType().getFieldList();
    for (int field = own; field < before.size(); field++) {
      boolean asked = answers.get(field);
      fields.add(asked ? row.getFieldCount() : -1);
      if (asked) {
        outputs.add(predict.outputs().get(field - own));
        row.add(before.get(field));
      }
    }
    RelNode node =
        new Predict(
            predict.getCluster(),
            predict.getTraitSet(),
            input.node(),
            predict.model(),
            predict.features().stream().map(input::moved).toList(),
            outputs,
            row.build());
    return new Pruned(node, fields);
  }

  private static Pruned unasked(Predict predict, ImmutableBitSet passed) {
    Pruned input = ColumnPruning.prune(predict.getInput(), passed);
    List<Integer> fields = new ArrayList<>(input.fields());
    predict.outputs().forEach(output -> fields.add(-1));
    return new Pruned(input.node(), fields);
  }
}
