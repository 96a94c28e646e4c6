package dev.weft.planner.rule;

import dev.weft.planner.rel.Predict;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexInputRef;
import org.jspecify.annotations.Nullable;

/** A limit goes below a prediction, which gives as many rows as it takes. */
final class LimitPushDown {

  private LimitPushDown() {}

  static RelNode push(RelNode node) {
    List<RelNode> inputs = new ArrayList<>();
    for (RelNode input : node.getInputs()) {
      inputs.add(push(input));
    }
    RelNode same = inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    boolean limits = same instanceof Sort sort && (sort.fetch != null || sort.offset != null);
    return limits ? limit((Sort) same) : same;
  }

  private static RelNode limit(Sort sort) {
    RelNode below = below(sort.getInput(), sort.getCollation(), sort);
    if (below == null) {
      return sort;
    }
    return sort.getCollation().getFieldCollations().isEmpty()
        ? below
        : LogicalSort.create(below, sort.getCollation(), null, null);
  }

  /** The input with the limit below its predictions; null where there are none to cross. */
  private static @Nullable RelNode below(RelNode node, RelCollation collation, Sort limit) {
    if (node instanceof Project project && Movable.all(project.getProjects())) {
      RelCollation inner = through(project, collation);
      RelNode input = inner == null ? null : below(project.getInput(), inner, limit);
      return input == null ? null : project.copy(project.getTraitSet(), List.of(input));
    }
    if (!(node instanceof Predict predict)) {
      return null;
    }
    int own = predict.getInput().getRowType().getFieldCount();
    if (collation.getFieldCollations().stream().anyMatch(key -> key.getFieldIndex() >= own)) {
      return null;
    }
    RelNode deeper = below(predict.getInput(), collation, limit);
    RelNode input =
        deeper == null
            ? LogicalSort.create(predict.getInput(), collation, limit.offset, limit.fetch)
            : deeper;
    return predict.copy(predict.getTraitSet(), List.of(input));
  }

  private static @Nullable RelCollation through(Project project, RelCollation collation) {
    List<RelFieldCollation> keys = new ArrayList<>();
    for (RelFieldCollation key : collation.getFieldCollations()) {
      if (!(project.getProjects().get(key.getFieldIndex()) instanceof RexInputRef field)) {
        return null;
      }
      keys.add(key.withFieldIndex(field.getIndex()));
    }
    return RelCollations.of(keys);
  }
}
