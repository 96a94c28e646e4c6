package dev.weft.planner.rel;

import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/**
 * The rows of a query under the names a user sees, which may repeat: {@code select a, a}. It stands
 * at the top of a plan only, since everything else finds columns by their names.
 */
public final class Shown extends SingleRel {

  private Shown(RelNode input, List<String> names) {
    super(input.getCluster(), input.getTraitSet(), input);
    RelDataTypeFactory.Builder type = getCluster().getTypeFactory().builder();
    for (int i = 0; i < names.size(); i++) {
      type.add(names.get(i), input.getRowType().getFieldList().get(i).getType());
    }
    this.rowType = type.build();
  }

  /** The relation itself where it has these names already. */
  public static RelNode under(List<String> names, RelNode input) {
    return input.getRowType().getFieldNames().equals(names) ? input : new Shown(input, names);
  }

  /** The relation below, whose names are unique. */
  public static RelNode below(RelNode relation) {
    return relation instanceof Shown shown ? shown.getInput() : relation;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new Shown(sole(inputs), getRowType().getFieldNames());
  }
}
